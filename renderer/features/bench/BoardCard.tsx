import { useTranslation } from 'react-i18next';
import type { BenchFault, BenchState } from '../../../shared/contract/bench.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Toolbar } from '../../ui/Toolbar.tsx';

type Board = BenchState['boards'][number];

/** Faults that need no further word. */
const troubles = [
  ['cut', { kind: 'cutPowerAtByte', n: 2000 }],
  ['flip', { kind: 'flipBit', atByte: 500, direction: 'toBoard' }],
  ['wedge', { kind: 'wedge' }],
  ['fill', { kind: 'fillDisk' }],
  ['free', { kind: 'freeDisk' }],
  ['garbage', { kind: 'babble', bytes: 'garbage' }],
  ['silence', { kind: 'babble', bytes: 'silence' }],
  ['quiet', { kind: 'babble', bytes: 'off' }],
  ['offline', { kind: 'networkDown' }],
  ['online', { kind: 'networkUp' }],
] as const satisfies readonly (readonly [string, BenchFault])[];

/** A simulated board and what may befall it. */
export function BoardCard(props: {
  board: Board;
  others: number[];
  isDisabled: boolean;
  onFault: (fault: BenchFault) => void;
}) {
  const { board, onFault, isDisabled } = props;
  const { t } = useTranslation();
  const plug = board.plugged ? 'pullCable' : 'plugIn';
  const power = board.powered ? 'powerOff' : 'powerOn';
  return (
    <Card
      title={board.port}
      aside={
        <>
          <StatusMark
            status={board.plugged ? 'good' : 'none'}
            word={board.plugged ? t('bench.plugged') : t('bench.unplugged')}
          />
          <StatusMark
            status={board.powered ? 'good' : 'none'}
            word={board.powered ? t('bench.powered') : t('bench.unpowered')}
          />
        </>
      }
    >
      <Toolbar label={t('bench.toolbar', { port: board.port })}>
        <Button isDisabled={isDisabled} onPress={() => onFault({ kind: plug })}>
          {t(`bench.${plug}`)}
        </Button>
        <Button isDisabled={isDisabled} onPress={() => onFault({ kind: power })}>
          {t(`bench.${power}`)}
        </Button>
      </Toolbar>
      <Fold title={t('bench.faults')}>
        <Toolbar label={t('bench.faults')}>
          {troubles.map(([word, fault]) => (
            <Button key={word} isDisabled={isDisabled} onPress={() => onFault(fault)}>
              {t(`bench.trouble.${word}`)}
            </Button>
          ))}
          {props.others.map((other) => (
            <Button
              key={other}
              isDisabled={isDisabled}
              onPress={() => onFault({ kind: 'swapPorts', with: other })}
            >
              {t('bench.swap', { other })}
            </Button>
          ))}
        </Toolbar>
      </Fold>
    </Card>
  );
}
