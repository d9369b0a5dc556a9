/** The worker that all pages of a browser share: it holds their one connection. */
import { Exchange, type FromPage } from './exchange';

const exchange = new Exchange();

(self as unknown as { onconnect: (event: MessageEvent) => void }).onconnect = (event) => {
  const [page] = event.ports;
  if (!page) return;
  exchange.join(page);
  page.onmessage = ({ data }: MessageEvent<FromPage>) => exchange.hear(page, data);
};
