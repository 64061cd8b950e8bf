import { escapeHtml } from '../mail/message.ts';

/** What a message that asks for a confirmation says. Nothing in it was written by who asked for it. */
export interface Confirmation {
  /** A BCP 47 tag. */
  locale: string;
  programName: string;
  link: string;
}

interface Words {
  subject: string;
  ask: string;
  button: string;
  validity: string;
  ignore: string;
}

const words: Record<string, (program: string) => Words> = {
  en: (program) => ({
    subject: `Confirm your address: ${program}`,
    ask: `Somebody, probably you, asked to join “${program}” with this address. Confirm it to get your link.`,
    button: 'Confirm the address',
    validity: 'This works once, within 48 hours.',
    ignore: 'Was it not you? Then there is nothing to do: without a confirmation nothing is kept.',
  }),
  es: (program) => ({
    subject: `Confirma tu dirección: ${program}`,
    ask: `Alguien, seguramente tú, ha pedido unirse a «${program}» con esta dirección. Confírmala para recibir tu enlace.`,
    button: 'Confirmar la dirección',
    validity: 'Funciona una sola vez, durante 48 horas.',
    ignore: '¿No has sido tú? No tienes que hacer nada: sin confirmación no se guarda nada.',
  }),
  pt: (program) => ({
    subject: `Confirme o seu endereço: ${program}`,
    ask: `Alguém, provavelmente você, pediu para participar em “${program}” com este endereço. Confirme-o para receber o seu link.`,
    button: 'Confirmar o endereço',
    validity: 'Funciona uma só vez, durante 48 horas.',
    ignore: 'Não foi você? Então não precisa de fazer nada: sem confirmação nada é guardado.',
  }),
};

const language = (locale: string) => {
  const primary = locale.toLowerCase().split('-')[0] ?? '';
  return primary in words ? primary : 'en';
};

/** The message as text and as simple HTML, in English, Spanish or Portuguese. */
export function confirmationMessage({ locale, programName, link }: Confirmation) {
  const lang = language(locale);
  // A line of its own: names come with whatever the host typed.
  const name = programName.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  const { subject, ask, button, validity, ignore } = (words[lang] as (program: string) => Words)(name);
  const html = (text: string) => `<p>${escapeHtml(text)}</p>`;
  return {
    subject,
    text: `${ask}\n\n${link}\n\n${validity} ${ignore}\n`,
    html: `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head><body>${html(ask)}<p><a href="${escapeHtml(link)}">${escapeHtml(button)}</a></p>${html(`${validity} ${ignore}`)}</body></html>`,
  };
}
