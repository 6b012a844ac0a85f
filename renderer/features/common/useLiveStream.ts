import { useEffect, useState } from 'react';
import type { Result } from '../../../shared/contract/contract.ts';
import { Failure, type FailureRecord } from '../../../shared/contract/failure.ts';
import { LiveFeed } from '../../live/feed.ts';
import type { SampleRing } from '../../live/ring.ts';
import { useDesk } from './desk.ts';
import { type HostClient, useHost } from './host.ts';

/** Ten minutes at 60 scans a second. */
const CAPACITY = 36_000;

const feeds = new WeakMap<HostClient, LiveFeed>();

function feedOf(host: HostClient): LiveFeed {
  const known = feeds.get(host);
  if (known !== undefined) return known;
  const feed = new LiveFeed();
  host.onBytes((bytes) => feed.take(bytes));
  feeds.set(host, feed);
  return feed;
}

export interface LiveStream {
  unit: string;
  ring: SampleRing;
  channels: Result<'live.subscribe'>['channels'];
}

/** The unit's frames for as long as the screen is up; null `unit` takes none. */
export function useLiveStream(unit: string | null): {
  live: LiveStream | null;
  failure: FailureRecord | null;
  retry: () => void;
} {
  const host = useHost();
  const link = useDesk((desk) => desk.link);
  const [live, setLive] = useState<LiveStream | null>(null);
  const [failure, setFailure] = useState<FailureRecord | null>(null);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` counts up to subscribe once more.
  useEffect(() => {
    if (unit === null || link !== 'up') return;
    const feed = feedOf(host);
    let stream: number | null = null;
    let left = false;
    const leave = (open: number) => {
      feed.close(open);
      // The connection may be gone already; then so is the subscription.
      host.call('live.unsubscribe', { stream: open }).catch((thrown: unknown) => console.debug(thrown));
    };
    host.call('live.subscribe', { unit }).then(
      (opened) => {
        stream = opened.stream;
        if (left) return leave(stream);
        setFailure(null);
        setLive({
          unit,
          ring: feed.open(stream, opened.channels.length, CAPACITY),
          channels: opened.channels,
        });
      },
      (thrown: unknown) => {
        if (!left) setFailure(Failure.from(thrown).toJSON());
      },
    );
    return () => {
      left = true;
      if (stream !== null) leave(stream);
    };
  }, [host, unit, link, tries]);
  // What was seen stays in sight while the connection is lost; the figures beside it say how old they are.
  return { live: live?.unit === unit ? live : null, failure, retry: () => setTries((n) => n + 1) };
}
