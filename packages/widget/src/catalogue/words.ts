import { type EnrolKey, enrolWords } from '../enrolling/words.ts';
import type { Message } from '../i18n/speak.ts';
import { joinWords } from '../learning/join-words.ts';
import type { Words } from '../learning/speech.ts';

const en = {
  title: 'Courses',
  search: 'Search courses',
  clear: 'Clear',
  topics: 'Topics',
  all: 'All',
  found: { one: '{n} course', other: '{n} courses' },
  foundMore: { one: '{n} course so far', other: '{n} courses so far' },
  none: 'There are no courses here yet.',
  notFound: 'Nothing fits “{words}”.',
  notFoundTag: 'Nothing fits.',
  notFoundHint: 'Try fewer or other words.',
  showAll: 'Show all courses',
  more: 'Show more',
  failed: 'That did not load. Nothing was lost.',
  again: 'Try again',
  offline: 'No connection. These are the courses as of {time}.',
  open: 'Open',
  goOn: 'Continue',
  toCourse: '{action}: {course}',
  percentDone: '{percent} done',
  enrolled: 'Enrolled',
  completed: 'Finished',
};

/** What the catalogue says. */
export type CatalogueKey = keyof typeof en | EnrolKey;

const own: Readonly<Record<'en' | 'es' | 'pt', Readonly<Record<keyof typeof en, Message>>>> = {
  en,
  es: {
    title: 'Cursos',
    search: 'Buscar cursos',
    clear: 'Borrar',
    topics: 'Temas',
    all: 'Todos',
    found: { one: '{n} curso', other: '{n} cursos' },
    foundMore: { one: '{n} curso hasta ahora', other: '{n} cursos hasta ahora' },
    none: 'Aquí aún no hay cursos.',
    notFound: 'Nada encaja con «{words}».',
    notFoundTag: 'Nada encaja.',
    notFoundHint: 'Prueba con menos palabras o con otras.',
    showAll: 'Mostrar todos los cursos',
    more: 'Mostrar más',
    failed: 'No se ha cargado. No se ha perdido nada.',
    again: 'Reintentar',
    offline: 'Sin conexión. Estos son los cursos a las {time}.',
    open: 'Abrir',
    goOn: 'Continuar',
    toCourse: '{action}: {course}',
    percentDone: '{percent} hecho',
    enrolled: 'En curso',
    completed: 'Terminado',
  },
  pt: {
    title: 'Cursos',
    search: 'Procurar cursos',
    clear: 'Limpar',
    topics: 'Temas',
    all: 'Todos',
    found: { one: '{n} curso', other: '{n} cursos' },
    foundMore: { one: '{n} curso até agora', other: '{n} cursos até agora' },
    none: 'Ainda não há cursos aqui.',
    notFound: 'Nada combina com “{words}”.',
    notFoundTag: 'Nada combina.',
    notFoundHint: 'Tente menos palavras ou outras.',
    showAll: 'Mostrar todos os cursos',
    more: 'Mostrar mais',
    failed: 'Não carregou. Nada se perdeu.',
    again: 'Tentar de novo',
    offline: 'Sem ligação. Estes são os cursos às {time}.',
    open: 'Abrir',
    goOn: 'Continuar',
    toCourse: '{action}: {course}',
    percentDone: '{percent} feito',
    enrolled: 'Inscrito',
    completed: 'Terminado',
  },
};

/** All the words of the file, in three languages. */
export const words: Words<CatalogueKey> = joinWords(enrolWords, own);
