import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What only this installation knows. */
export interface Secrets {
  /** All of Laurel's signatures and the shop's session cookies derive from it. */
  secret: string;
  publishableKey: string;
  secretKey: string;
  /** With which Stripe signs what it tells. */
  stripeWebhookSecret: string;
}

const random = () => randomBytes(24).toString('base64url');

/**
 * The secrets of a demo, made at random the first time and kept in `demo.json`, readable by its owner alone. A real shop
 * takes them from its environment.
 */
export async function demoSecrets(dataDirectory: string): Promise<Secrets> {
  const file = join(dataDirectory, 'demo.json');
  const fresh = {
    secret: random(),
    publishableKey: `pk_demo_${random()}`,
    secretKey: `sk_demo_${random()}`,
    stripeWebhookSecret: `whsec_${random()}`,
  };
  await mkdir(dataDirectory, { recursive: true });
  try {
    await writeFile(file, `${JSON.stringify(fresh, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
    return fresh;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return { ...fresh, ...JSON.parse(await readFile(file, 'utf8')) } as Secrets;
  }
}
