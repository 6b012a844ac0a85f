/** One animation frame for every chart on the page; it stands still while nothing is registered or the page is hidden. */
type Draw = () => void;

const draws = new Set<Draw>();
let handle: number | null = null;

function tick(): void {
  handle = null;
  for (const draw of draws) draw();
  schedule();
}

function schedule(): void {
  if (handle === null && draws.size > 0 && !document.hidden) handle = requestAnimationFrame(tick);
}

function onVisibility(): void {
  if (document.hidden && handle !== null) {
    cancelAnimationFrame(handle);
    handle = null;
  }
  schedule();
}

/** Calls `draw` before every paint until the returned function is called. */
export function everyFrame(draw: Draw): () => void {
  if (draws.size === 0) document.addEventListener('visibilitychange', onVisibility);
  draws.add(draw);
  schedule();
  return () => {
    draws.delete(draw);
    if (draws.size > 0) return;
    document.removeEventListener('visibilitychange', onVisibility);
    if (handle !== null) cancelAnimationFrame(handle);
    handle = null;
  };
}
