import { randomUUID } from 'node:crypto';
import type { PGlite } from '@electric-sql/pglite';

/** Statements that one PGlite instance keeps parsed and planned. */
export interface PreparedStatements {
  /** Runs a statement, prepared when it comes for the first time, in a transaction of its own; answers its rows. */
  run<Row>(text: string, parameters: readonly unknown[]): Promise<Row[]>;
  /**
   * The same inside a transaction that PGlite has opened for the caller. A statement that somebody else let go of fails with
   * 26000, and the transaction with it: the next attempt prepares it anew.
   */
  runInside<Row>(text: string, parameters: readonly unknown[]): Promise<Row[]>;
  /** Lets go of all of them. */
  close(): Promise<void>;
}

type Messages = Awaited<ReturnType<PGlite['execProtocolStream']>>;

interface Prepared {
  name: string;
  /** The types of its parameters. */
  types: number[];
  /** The message that describes its rows: it is asked for once. */
  columns: Messages;
}

/** The statement was let go of by somebody else on the one connection there is (`discard all`). */
const isGone = (error: unknown) => error instanceof Error && 'code' in error && error.code === '26000';

const needed = ['execProtocolStream', 'runExclusive', '_runExclusiveTransaction', '_checkReady'] as const;

/** Whether an instance has what preparing needs; the stand-in for one in a worker does not. */
export const canPrepare = (pglite: PGlite): boolean =>
  needed.every((method) => typeof pglite[method] === 'function') && 'parsers' in pglite && 'serializers' in pglite;

/**
 * Named prepared statements on PGlite, whose `query` parses and plans anew each time. They take the locks that `query` takes,
 * and use its functions to write and read values; all messages of a statement go in one piece.
 */
export function preparedStatements(pglite: PGlite): PreparedStatements {
  const known = new Map<string, Prepared>();
  let library: Promise<typeof import('@electric-sql/pglite')> | undefined;

  const execute = async <Row>(text: string, parameters: readonly unknown[]): Promise<Row[]> => {
    library ??= import('@electric-sql/pglite');
    const { parse, protocol } = await library;
    const { serialize } = protocol;
    const send = (...messages: Uint8Array[]) =>
      pglite.execProtocolStream(new Uint8Array(Buffer.concat([...messages, serialize.sync()])), { syncToFs: false });

    const prepare = async (): Promise<Prepared> => {
      const name = `laurel_${randomUUID()}`;
      const described = await send(serialize.parse({ name, text }), serialize.describe({ type: 'S', name }));
      const types = parse.parseDescribeStatementResults(described);
      const prepared = { name, types, columns: described.filter((message) => message.name === 'rowDescription') };
      known.set(text, prepared);
      return prepared;
    };

    const { name, types, columns } = known.get(text) ?? (await prepare());
    const values = parameters.map((value, index) => {
      if (value === null || value === undefined) return null;
      const serializer = pglite.serializers[types[index] as number];
      return serializer ? serializer(value) : String(value);
    });
    const answered = await send(serialize.bind({ statement: name, values }), serialize.execute());
    return parse.parseResults([...columns, ...answered], pglite.parsers)[0]?.rows as Row[];
  };

  const alone = async <Row>(text: string, parameters: readonly unknown[]) => {
    await pglite._checkReady();
    return pglite._runExclusiveTransaction(() =>
      pglite.runExclusive(async () => {
        const rows = await execute<Row>(text, parameters);
        await pglite.syncToFs();
        return rows;
      }),
    );
  };
  const forget = (error: unknown, text: string) => {
    if (!isGone(error)) throw error;
    known.delete(text);
  };

  return {
    run: async <Row>(text: string, parameters: readonly unknown[]) => {
      try {
        return await alone<Row>(text, parameters);
      } catch (error) {
        forget(error, text);
        return alone<Row>(text, parameters);
      }
    },
    runInside: async <Row>(text: string, parameters: readonly unknown[]) => {
      try {
        return await pglite.runExclusive(() => execute<Row>(text, parameters));
      } catch (error) {
        forget(error, text);
        throw error;
      }
    },
    close: async () => {
      const names = [...known.values()].map(({ name }) => name);
      known.clear();
      for (const name of pglite.closed ? [] : names) await pglite.exec(`deallocate "${name}"`).catch(() => {});
    },
  };
}
