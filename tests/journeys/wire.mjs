/**
 * A cable between the browser and the server: it can be cut, so that everything that goes over it breaks off and nothing new goes through; and it
 * knows what was asked over it, by whichever page or worker.
 */
import { connect, createServer } from 'node:net';
import { origin } from './cities.mjs';

const { hostname, port } = new URL(origin);

export async function cable() {
  const ends = new Set();
  let isCut = false;
  let asked = '';
  const server = createServer((near) => {
    if (isCut) return near.destroy();
    const far = connect(Number(port), hostname);
    for (const end of [near, far]) {
      ends.add(end);
      end.on('error', () => undefined);
      end.on('close', () => {
        ends.delete(end);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (bytes) => (asked += bytes.toString('latin1')));
    near.pipe(far).pipe(near);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    /** How often something was asked for. */
    count: (request) => asked.split(request).length - 1,
    cut() {
      isCut = true;
      for (const end of ends) end.destroy();
    },
    mend() {
      isCut = false;
    },
    async end() {
      for (const end of ends) end.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
