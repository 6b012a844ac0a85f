# What of the rules outlives a reboot: what persist() of the engine gives, as a record.
from plumbline import dumps
from plumbline.record import Record
from plumbline.state import boot, persist

CALM = 1000  # ms between two writes, whatever happens: flash wears out
SHELVED = 600000  # ms after which the time left of what is shelved is written anew


class Keeper:
    def __init__(self, root):
        self.record = Record(root + '/plumbline/state.%d')
        self.key = None
        self.calm = self.due = 0

    def boot(self, engine):
        # What the engine started with.
        engine.touched = False
        records = self.record.value or [[], []]
        self.record.value = None
        try:
            boot(engine, records)
            self.key = self.keyed(engine)
        except Exception:
            # Of an agent that writes it in another way: the engine starts cold.
            return (), ()
        return persist(engine)

    def keyed(self, engine):
        return dumps([persist(engine)[0], [r.until for r in engine.rule]])

    def look(self, engine, now):
        # After a frame. Written only where it is another one; once more where it could not be written.
        if (engine.touched or self.due and now >= self.due) and now >= self.calm:
            key = self.keyed(engine)
            engine.touched = False
            if key != self.key or self.due and now >= self.due:
                engine.touched = not self.record.write(persist(engine))
                self.key = None if engine.touched else key
                self.calm = now + CALM
            self.due = 0
            for r in engine.rule:
                if r.until is not None:
                    self.due = min(self.due or now + SHELVED, r.until)
