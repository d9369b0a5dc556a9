/**
 * Writes `src/api/schema.d.ts` from the server's description of its interface; `--check` only says whether it is up to
 * date. The pages name requests by their paths, so the names of operations, which repeat there, are left out.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTypescript, { astToString } from 'openapi-typescript';

const description = new URL('../../server/openapi.json', import.meta.url);
const target = new URL('../src/api/schema.d.ts', import.meta.url);

const document = JSON.parse(readFileSync(description, 'utf8'));
for (const path of Object.values(document.paths)) {
  for (const operation of Object.values(path)) delete operation.operationId;
}
const text =
  '// Generated from server/openapi.json by `npm run api`; not written by hand.\n' +
  astToString(await openapiTypescript(document));

if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  console.error(
    'src/api/schema.d.ts differs from what server/openapi.json says: run `npm run api` and commit it',
  );
  process.exit(1);
}
