import pg from 'pg';

type Parse = (text: string) => unknown;

const integer: Parse = (text) => Number.parseInt(text, 10);
/** As it is; its published types are those of another version. */
const { create: readArray } = pg.types.arrayParser as unknown as {
  create(text: string, parse: Parse): { parse(): unknown[] };
};
const list =
  (parse: Parse): Parse =>
  (text) =>
    readArray(text, parse).parse();

/** `2026-11-22 12:30:56.123456+00`, or `-infinity`. Without an offset it is the process's own time. */
const instant: Parse = (text) => {
  if (text.endsWith('infinity')) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return new Date(text.replace(' ', 'T').replace(/[+-]\d\d$/, '$&:00'));
};

const json: Parse = (text) => JSON.parse(text);

/** What we read, by the type's OID, as node-postgres reads it when nobody has told it otherwise. */
const parsers = new Map<number, Parse>([
  [16, (text) => text === 't'],
  [17, (text) => Buffer.from(text.slice(2), 'hex')],
  [20, String],
  [21, integer],
  [23, integer],
  [25, String],
  [26, integer],
  [114, json],
  [700, Number.parseFloat],
  [701, Number.parseFloat],
  [1000, list((text) => text === 't')],
  [1005, list(integer)],
  [1007, list(integer)],
  [1009, list(String)],
  [1015, list(String)],
  [1016, list(String)],
  [1043, String],
  [1082, (text) => new Date(`${text}T00:00`)],
  [1114, instant],
  [1184, instant],
  [1185, list(instant)],
  [1700, String],
  [2950, String],
  [2951, list(String)],
  [3802, json],
]);

/** Parsers of our own: a host may have changed node-postgres's for its whole process. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text' | 'binary' = 'text') =>
    (format === 'text' && parsers.get(oid)) ||
    pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};
