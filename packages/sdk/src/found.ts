import { knownParameters } from './contract/parameters.ts';
import { attempt, choose, load, type Model, see, unlessKept } from './kept.ts';
import { isCurrent, type Touch } from './touch.ts';

/** The address by which the visitor came, where a loader has noted it: the page may have changed its own since. */
const landing = () => (globalThis as { Laurel?: { landing?: string } }).Laurel?.landing ?? globalThis.location?.href;

/** Options of `findTouch`, as those of `createAttribution`. */
interface FindOptions {
  program?: string | undefined;
  model?: Model | undefined;
  parameters?: readonly string[] | undefined;
}

/** How the visitor came, by the address or by what is kept on their device. Stores, records and sends nothing. */
export function findTouch({
  program,
  model = 'last',
  parameters = knownParameters,
}: FindOptions = {}): Touch | undefined {
  const kept = load(program) ?? load();
  const touch = choose(kept, unlessKept(kept, see(landing(), parameters)), model);
  if (!isCurrent(touch, Date.now())) return undefined;
  const { referralCode, clickId, at } = touch;
  return { at, ...(referralCode && { referralCode }), ...(clickId && { clickId }) };
}

/** Whether `findTouch` may find something: `false` is certain. For pages that reserve room before they know. */
export const mayBeTouched = (parameters: readonly string[] = knownParameters): boolean =>
  attempt(() => {
    const query = new URL(landing()).searchParams;
    const kept = () => Object.keys(localStorage).some((key) => key.startsWith('laurel_attribution'));
    return parameters.some((name) => query.has(name)) || kept();
  }) === true;
