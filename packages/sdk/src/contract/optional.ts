import * as z from 'zod/mini';

/** The same fields, each to be left out. */
export const optional = <Fields extends Record<string, z.ZodMiniType>>(all: Fields) =>
  Object.fromEntries(Object.entries(all).map(([name, field]) => [name, z.optional(field)])) as {
    [Name in keyof Fields]: z.ZodMiniOptional<Fields[Name]>;
  };
