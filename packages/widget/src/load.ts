const files = {
  es: () => import('./i18n/es.ts'),
  pt: () => import('./i18n/pt.ts'),
  share: () => import('./share/index.ts'),
  podium: () => import('./podium/index.ts'),
  rules: () => import('./rules/index.ts'),
  join: () => import('./join/index.ts'),
  signup: () => import('./signup/index.ts'),
  own: () => import('./own/index.ts'),
  wallet: () => import('./wallet/index.ts'),
  appeal: () => import('./appeal/index.ts'),
  settings: () => import('./settings/index.ts'),
  qr: () => import('./qr/index.ts'),
  invitation: () => import('./invitation/index.ts'),
  calm: () => import('./calm/index.ts'),
  tabs: () => import('./tabs/index.ts'),
  live: () => import('./live/index.ts'),
  contest: () => import('./contest/index.ts'),
  steps: () => import('./steps/index.ts'),
  results: () => import('./results/index.ts'),
  team: () => import('./team/index.ts'),
  boards: () => import('./boards/index.ts'),
  verify: () => import('./verify/index.ts'),
  escontest: () => import('./i18n/escontest.ts'),
  ptcontest: () => import('./i18n/ptcontest.ts'),
  editor: () => import('./editor/index.ts'),
  review: () => import('./review/index.ts'),
  progress: () => import('./progress/index.ts'),
  course: () => import('./course/index.ts'),
  video: () => import('./video/index.ts'),
  catalogue: () => import('./catalogue/index.ts'),
  author: () => import('./author/index.ts'),
  writing: () => import('./writing/index.ts'),
  esauthor: () => import('./i18n/esauthor.ts'),
  ptauthor: () => import('./i18n/ptauthor.ts'),
  eslearners: () => import('./i18n/eslearners.ts'),
  ptlearners: () => import('./i18n/ptlearners.ts'),
  learners: () => import('./learners/index.ts'),
  motion: () => import('./motion/index.ts'),
};

/** The files that are read when they are needed, by name. */
export type Chunks = { [Name in keyof typeof files]: Awaited<ReturnType<(typeof files)[Name]>> };

/** Reads one. */
export const load = <Name extends keyof Chunks>(name: Name): Promise<Chunks[Name]> =>
  files[name]() as Promise<Chunks[Name]>;
