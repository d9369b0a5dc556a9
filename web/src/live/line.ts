/** How a page hears what happens: over the worker that it shares with the other pages, or, where there is none, by itself. */
import { Exchange, type FromPage, type Look, type ToPage } from './exchange';

export interface Line {
  look(look: Look): void;
  /** Tries again at once. */
  hurry(): void;
  leave(): void;
}

/** Begins to hear. */
export function listen(hear: (message: ToPage) => void): Line {
  const say = speakTo(hear);
  const hurry = () => say({ kind: 'hurry' });
  const leave = () => say({ kind: 'leave' });
  window.addEventListener('online', hurry);
  // A page that is put aside may come back, and then has to join anew.
  window.addEventListener('pagehide', leave);
  window.addEventListener('pageshow', (event) => event.persisted && location.reload());
  return { look: (look) => say({ kind: 'look', look }), hurry, leave };
}

function speakTo(hear: (message: ToPage) => void): (message: FromPage) => void {
  if (typeof SharedWorker === 'undefined') {
    const exchange = new Exchange();
    const page = { postMessage: (message: ToPage) => queueMicrotask(() => hear(message)) };
    exchange.join(page);
    return (message) => exchange.hear(page, message);
  }
  const worker = new SharedWorker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'live' });
  worker.port.onmessage = ({ data }: MessageEvent<ToPage>) => hear(data);
  return (message) => worker.port.postMessage(message);
}
