const longest = 64;

/** A slug from words: `null` where nothing of them can stand in one. */
export function slugOf(words: string): string | null {
  const plain = words
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, longest)
    .replace(/^-|-$/g, '');
  return plain === '' || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(plain) ? null : plain;
}

/** Gives names that are taken a number: each name comes out once. */
export function onceNamed(taken: Set<string>): (name: string) => string {
  const next = new Map<string, number>();
  return (name) => {
    let free = name;
    for (let turn = next.get(name) ?? 2; taken.has(free); turn++) {
      free = `${name.slice(0, longest - 6).replace(/-$/, '')}-${turn}`;
      next.set(name, turn + 1);
    }
    taken.add(free);
    return free;
  };
}
