/** A sentence with `{placeholders}`, or one for each plural category of `n` (CLDR: one, few, many, other …). */
export type Message = string | ({ readonly other: string } & { readonly [Category in Intl.LDMLPluralRule]?: string });

/** Fills in messages of a catalogue: `n` chooses the plural form; numbers are formatted for the locale. */
export function speaker<Key extends string>(
  locale: string,
  catalogue: { readonly [Name in Key]?: Message | undefined },
  own: { readonly [Name in Key]?: Message | undefined } = {},
) {
  const numbers = new Intl.NumberFormat(locale);
  const plurals = new Intl.PluralRules(locale);
  const choose = (message: Message, n: unknown) =>
    typeof message === 'string' ? message : (message[plurals.select(n as number)] ?? message.other);
  const number = (value: number) => numbers.format(value);
  const say = (key: Key, values: Readonly<Record<string, string | number>> = {}) =>
    choose(own[key] ?? catalogue[key] ?? '', values.n).replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name] ?? '';
      return typeof value === 'number' ? number(value) : value;
    });
  return { number, say };
}
