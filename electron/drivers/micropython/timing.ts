/** Every deadline of a session, ms. Tests shorten them; nothing else does. */
export interface Timing {
  /** Interrupt and raw mode, all attempts: boards that reset when the port opens take seconds to boot. */
  enterMs: number;
  /** Silence after Ctrl-C before raw mode is asked for. */
  interruptMs: number;
  /** One attempt's wait for the banner of raw mode. */
  bannerMs: number;
  /** Flow control and prompts: what the REPL answers by itself, without running anything. */
  replyMs: number;
  /** One program on the unit; statvfs and hashing on a large flash take seconds. */
  execMs: number;
  /** Gap between blocks where there is no flow control. */
  pacingMs: number;
  /** Soft reset until the agent speaks. */
  restartMs: number;
  /** How often `hello` is asked while waiting for an agent. */
  pollMs: number;
  /** All of `attach`. */
  attachMs: number;
  /** One request to the agent. */
  requestMs: number;
}

export const usualTiming: Timing = {
  enterMs: 6000,
  interruptMs: 60,
  bannerMs: 500,
  replyMs: 2000,
  execMs: 15_000,
  pacingMs: 10,
  restartMs: 15_000,
  pollMs: 700,
  attachMs: 2000,
  requestMs: 3000,
};
