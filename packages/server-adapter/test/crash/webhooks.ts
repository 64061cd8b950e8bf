/**
 * A host process to be killed while it sends webhooks: it makes participants as fast as it can and prints the id of each
 * once it has been acknowledged.
 */
import { createLaurel } from '../../src/index.ts';

const { STORAGE = '', SCHEMA = '', ORIGIN = '' } = process.env;

const laurel = createLaurel({
  secret: 'a secret for tests only: 0123456789abcdef',
  ...(STORAGE.startsWith('postgres') ? { database: STORAGE } : { dataDir: STORAGE }),
  schema: SCHEMA,
  limits: false,
  jobs: false,
  webhooks: { allow: [ORIGIN] },
});
await laurel.start();
const { items } = await laurel.api.webhooks.list();
if (items.length === 0) await laurel.api.webhooks.create({ url: `${ORIGIN}/`, events: ['participant.created'] });
for (let n = 0; ; n++) {
  const { id } = await laurel.api.participants.upsert({ externalId: `${process.pid}-${n}` });
  process.stdout.write(`${id}\n`);
  // Embedded storage answers without ever leaving the processor to what sends.
  await new Promise((resolve) => setTimeout(resolve, 5));
}
