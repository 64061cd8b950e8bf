import { signal } from '@preact/signals';
import { en } from './i18n/en.ts';
import { type Chunks, load } from './load.ts';
import { addStyle } from './theme.ts';

type Known = { [Name in keyof Chunks]?: Chunks[Name] | null };

const known = signal<Known>({});
const asked: { [Name in keyof Chunks]?: Promise<Chunks[Name] | null> } = {};

/** What is big, rare or asked for, in a file of its own: reads it once, with its style and words; `null` if that fails. */
export function fetchChunk<Name extends keyof Chunks>(name: Name): Promise<Chunks[Name] | null> {
  const take = (chunk: Chunks[Name] | null) => {
    if (chunk && 'style' in chunk) addStyle(chunk.style);
    if (chunk && 'english' in chunk) Object.assign(en, chunk.english);
    known.value = { ...known.peek(), [name]: chunk };
    return chunk;
  };
  asked[name] ??= load(name).then(take, () => take(null)) as Known[Name] as never;
  return asked[name] as Promise<Chunks[Name] | null>;
}

/** The chunk if it is there; `undefined` until it is, then what asked for it is drawn again. `null` where it cannot be read. */
export function chunk<Name extends keyof Chunks>(name: Name): Known[Name] {
  void fetchChunk(name);
  return known.value[name];
}
