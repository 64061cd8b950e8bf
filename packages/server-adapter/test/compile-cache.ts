import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Has processes that run our sources share what Node made of them: each start compiles some hundred files otherwise. */
export const compileCache = { NODE_COMPILE_CACHE: join(tmpdir(), 'laurel-test-compile-cache') };
