/** Starts one Laurel in this process and answers how long the first answer took, with what it holds at rest. */
import { createLaurel } from '@laurelkit/server-adapter';
import { answering } from './answering.ts';
import { residentBytes } from './resident.ts';

/** Where the data is: a PostgreSQL URL, or a folder for embedded storage. */
export type ColdQuestion = { database: string; schema: string } | { dataDir: string };

export interface ColdAnswer {
  milliseconds: number;
  restBytes: number;
}

answering(async (where: ColdQuestion): Promise<ColdAnswer> => {
  const key = `pk_${'0'.repeat(32)}`;
  const began = performance.now();
  const laurel = createLaurel({ secret: 'a secret for benches only: 0123456789abcdef', keys: [{ key }], ...where });
  const response = await laurel.fetch(
    new Request('http://localhost/api/contests', { headers: { authorization: `Bearer ${key}` } }),
  );
  await response.arrayBuffer();
  const milliseconds = performance.now() - began;
  if (!response.ok) throw new Error(`${response.status}`);
  const restBytes = await residentBytes();
  await laurel.close();
  return { milliseconds, restBytes };
});
