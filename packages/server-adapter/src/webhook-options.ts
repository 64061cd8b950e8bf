import { LaurelConfigurationError } from './problem.ts';

/** How webhooks are sent. */
export interface WebhookOptions {
  /** Origins that are sent to although they are not public https, such as `http://127.0.0.1:4000`; for development. */
  allow?: string[];
  /** Seconds a receiver may take to answer, from 1 to 30. Default: 20. */
  timeoutSeconds?: number;
  /** Most messages under way at once on this node. Default: 64. */
  concurrency?: number;
}

/**
 * Refuses what cannot work.
 * @throws LaurelConfigurationError
 */
export function assertWebhooks({ allow = [], timeoutSeconds = 20, concurrency = 64 }: WebhookOptions): void {
  const bad = allow.find((origin) => !URL.canParse(origin) || new URL(origin).origin !== origin);
  if (bad !== undefined) {
    throw new LaurelConfigurationError(`"webhooks.allow" takes origins such as http://127.0.0.1:4000, not "${bad}".`);
  }
  if (!(timeoutSeconds >= 1 && timeoutSeconds <= 30)) {
    throw new LaurelConfigurationError('"webhooks.timeoutSeconds" must be from 1 to 30.');
  }
  if (!(Number.isInteger(concurrency) && concurrency >= 1)) {
    throw new LaurelConfigurationError('"webhooks.concurrency" must be a whole number from 1.');
  }
}
