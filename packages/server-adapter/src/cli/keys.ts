import { type Command, readWords, storageFlags, storageOptions, UsageError, withLaurel } from './command.ts';

const flags = {
  ...storageFlags,
  name: { type: 'string' },
  origin: { type: 'string', multiple: true },
} as const;

export const keys: Command = {
  usage: 'laurel keys create publishable|secret [--name TEXT] [--origin URL]… | list | revoke ID',
  summary: 'make, list and revoke API keys',
  run: async (words, { print }) => {
    const { values, positionals } = readWords(words, flags);
    const [action, subject] = positionals;
    const options = storageOptions(values);
    if (action === 'list') {
      const all = await withLaurel(options, (laurel) => laurel.keys.list());
      if (all.length === 0) print('No keys yet. Make one: laurel keys create publishable --origin https://your.site');
      for (const key of all) {
        const state = key.revokedAt ? `revoked ${key.revokedAt}` : 'in use';
        print(
          [key.id, key.kind.padEnd(11), `${key.hint}…`, state, key.name, key.origins.join(' ')].join('  ').trimEnd(),
        );
      }
      return 0;
    }
    if (action === 'create' && (subject === 'publishable' || subject === 'secret')) {
      const origins = (values.origin ?? []).map(originOf);
      const made = await withLaurel(options, (laurel) =>
        laurel.keys.create(subject, { name: values.name ?? '', origins }),
      );
      print(made.key);
      print(`Keep it now: it is not shown again. Revoke it with: laurel keys revoke ${made.id}`);
      return 0;
    }
    if (action === 'revoke' && subject !== undefined) {
      const found = await withLaurel(options, (laurel) => laurel.keys.revoke(subject));
      print(found ? 'Revoked. It stops working within ten seconds.' : 'There is no such key in use.');
      return found ? 0 : 1;
    }
    throw new UsageError('Say what to do: create, list or revoke.');
  },
};

function originOf(text: string): string {
  const origin = URL.canParse(text) ? new URL(text).origin : 'null';
  if (/^https?:/.test(origin) && origin === text.replace(/\/$/, '')) return origin;
  throw new UsageError(`"${text}" is not an origin. Write scheme and host only, such as https://shop.example`);
}
