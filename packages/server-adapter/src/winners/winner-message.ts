import { escapeHtml } from '../mail/message.ts';

/** What a message to a winner says. Nothing in it is about anybody else. */
export interface WinnerNews {
  /** A BCP 47 tag, `null` where it is not known. */
  locale: string | null;
  contestName: string;
  prize: string;
  place: number;
  /** Until when to claim, `null` where there is nothing to do. */
  claimBy: Date | null;
  /** IANA name of the contest’s zone. */
  timeZone: string;
  /** Where to claim. */
  link: string;
}

interface Words {
  subject: string;
  won: string;
  claim: (until: string) => string;
  after: string;
  button: string;
}

const words: Record<string, (contest: string, prize: string, place: number) => Words> = {
  en: (contest, prize, place) => ({
    subject: `You have won: ${contest}`,
    won: `Congratulations! You have won “${prize}” (place ${place}) in “${contest}”.`,
    claim: (until) => `Claim it before ${until}:`,
    after: 'After that it goes to the next in order.',
    button: 'Open the page',
  }),
  es: (contest, prize, place) => ({
    subject: `Has ganado: ${contest}`,
    won: `¡Enhorabuena! Has ganado «${prize}» (puesto ${place}) en «${contest}».`,
    claim: (until) => `Reclámalo antes de: ${until}.`,
    after: 'Después pasará a la siguiente persona en el orden.',
    button: 'Abrir la página',
  }),
  pt: (contest, prize, place) => ({
    subject: `Você ganhou: ${contest}`,
    won: `Parabéns! Você ganhou “${prize}” (${place}.º lugar) em “${contest}”.`,
    claim: (until) => `Reclame o prémio antes de: ${until}.`,
    after: 'Depois disso passa para a pessoa seguinte na ordem.',
    button: 'Abrir a página',
  }),
};

const language = (locale: string | null) => {
  const primary = locale?.toLowerCase().split('-')[0] ?? '';
  return Object.hasOwn(words, primary) ? primary : 'en';
};

// A line of its own: names come with whatever the host typed.
const oneLine = (text: string) => text.replace(/[\p{Cc}\s]+/gu, ' ').trim();

/** The message as text and as simple HTML, in English, Spanish or Portuguese; the time to claim in the contest’s zone. */
export function winnerMessage({ locale, contestName, prize, place, claimBy, timeZone, link }: WinnerNews) {
  const lang = language(locale);
  const make = words[lang] as (contest: string, prize: string, place: number) => Words;
  const { subject, won, claim, after, button } = make(oneLine(contestName), oneLine(prize), place);
  const instant = new Intl.DateTimeFormat(lang, { dateStyle: 'full', timeStyle: 'short', timeZone });
  const lines = claimBy ? [won, claim(`${instant.format(claimBy)} (${timeZone})`)] : [won];
  const last = claimBy ? [after] : [];
  const html = (text: string) => `<p>${escapeHtml(text)}</p>`;
  return {
    subject,
    text: `${[...lines, link, ...last].join('\n\n')}\n`,
    html: `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head><body>${lines.map(html).join('')}<p><a href="${escapeHtml(link)}">${escapeHtml(button)}</a></p>${last.map(html).join('')}</body></html>`,
  };
}
