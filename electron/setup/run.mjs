import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program to its end and resolves to its exit code (128 + n for signal n, as shells do; 124 after `limitMs`).
 * Signals are handed on and waited for, so that stopping us leaves nothing behind.
 */
export function run(command, args, { limitMs = 0, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    const hand = (signal) => child.kill(signal);
    for (const signal of forwarded) process.on(signal, hand);
    let late = false;
    const stop = () => {
      late = true;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 5_000).unref();
    };
    const timer = limitMs > 0 ? setTimeout(stop, limitMs) : undefined;
    const settle = () => {
      clearTimeout(timer);
      for (const signal of forwarded) process.off(signal, hand);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      settle();
      resolve(late ? 124 : (code ?? 128 + (constants.signals[signal] ?? 0)));
    });
  });
}
