import { type AnyCall, changeCalls } from './calls.ts';
import type { Api } from './contract/api.ts';
import type { Contract } from './contract/index.ts';
import type { Operation, Schema } from './contract/operation.ts';
import { type FieldError, LaurelError } from './errors.ts';

function faultsOf(schema: Schema | undefined, value: unknown): FieldError[] {
  const issues = schema?.safeParse(value).error?.issues ?? [];
  const pointerPart = (part: PropertyKey) =>
    encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'));
  return issues.map(({ path, message }) => ({ pointer: ['#', ...path.map(pointerPart)].join('/'), detail: message }));
}

const inWords = (errors: readonly FieldError[]) => errors.map((each) => `${each.pointer}: ${each.detail}`).join('; ');

function checked(call: AnyCall, route: string, operation: Operation): AnyCall {
  const { params, query, body, response, status = 200 } = operation;
  return async (input = {}, options) => {
    const inPath: Record<string, unknown> = {};
    const rest: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(input)) {
      if (value !== undefined) (route.includes(`{${name}}`) ? inPath : rest)[name] = value;
    }
    const refused = [...faultsOf(params, inPath), ...faultsOf(query ?? body, rest)];
    if (refused.length > 0) throw new LaurelError('validation_failed', 422, inWords(refused), { errors: refused });
    const output = await call(input, options);
    const wrong = faultsOf(response, output);
    if (wrong.length > 0) {
      throw new LaurelError('unexpected_response', status, `${route} answered: ${inWords(wrong)}`, { errors: wrong });
    }
    return output;
  };
}

/**
 * The same API, with every input and answer checked against its schema: a wrong input rejects with `validation_failed`
 * before anything is sent, a wrong answer with `unexpected_response`. Values are checked, never changed. The schemas
 * come in as a value, so that only pages that ask for checks pay for them.
 *
 * @example
 * ```ts
 * import { contract } from '@laurelkit/sdk/contract';
 * const laurel = withValidation(createFetchClient({ baseUrl: '/api', key: 'pk_…' }), contract);
 * ```
 */
export function withValidation(api: Api, contract: Contract): Api {
  return changeCalls(api, (call, route, [resource, name]) => {
    const operation = (contract as unknown as Record<string, Record<string, Operation>>)[resource]?.[name];
    return operation ? checked(call, route, operation) : call;
  });
}
