import type { Message } from '../i18n/speak.ts';
import type { Words } from './speech.ts';

type Some = Words<never> & Record<'en' | 'es' | 'pt', Readonly<Record<string, Message>>>;

/** Two catalogues as one. */
export const joinWords = <First extends string, Second extends string>(
  first: Words<First>,
  second: Words<Second>,
): Words<First | Second> => {
  const both = (name: 'en' | 'es' | 'pt') => ({ ...(first as Some)[name], ...(second as Some)[name] });
  return { en: both('en'), es: both('es'), pt: both('pt') } as Words<First | Second>;
};
