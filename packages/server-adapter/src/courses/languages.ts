/** PostgreSQL's text search configurations by language (ISO 639); for any other it is `simple`. */
const configurations: Readonly<Record<string, string>> = {
  ar: 'arabic',
  ca: 'catalan',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  et: 'estonian',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hi: 'hindi',
  hu: 'hungarian',
  hy: 'armenian',
  id: 'indonesian',
  it: 'italian',
  lt: 'lithuanian',
  nb: 'norwegian',
  ne: 'nepali',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pl: 'polish',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
  yi: 'yiddish',
};

/** Languages and, at the same places, their configurations. */
export const languages: readonly string[] = Object.keys(configurations);
export const configurationNames: readonly string[] = Object.values(configurations);

/** SQL: the language (ISO 639) of a language tag. */
export const languageOf = (tag: string) => `split_part(lower(${tag}), '-', 1)`;

/**
 * SQL: the rows `(language, configuration)` of the languages that this PostgreSQL can search in, and one of `null` for all others.
 * @param names - parameter: `languages`
 * @param configurations - parameter: `configurationNames`
 */
export const searchable = (names: string, configurations: string) => `
  select language, pg_ts_config.oid::regconfig as configuration
  from unnest(${names}::text[], ${configurations}::text[]) each(language, name)
  join pg_ts_config on cfgname = each.name and cfgnamespace = 'pg_catalog'::regnamespace
  union all select null, 'pg_catalog.simple'`;
