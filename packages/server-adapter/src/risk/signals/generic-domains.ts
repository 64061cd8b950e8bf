/** Domains at which anybody can have an address: having one in common says nothing. */
export const genericDomains: ReadonlySet<string> = new Set(
  `gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es outlook.pt hotmail.com hotmail.co.uk hotmail.de
  hotmail.es hotmail.fr hotmail.it live.com live.co.uk live.de live.fr live.nl msn.com yahoo.com yahoo.co.uk yahoo.co.jp
  yahoo.co.in yahoo.com.br yahoo.com.mx yahoo.de yahoo.es yahoo.fr yahoo.it ymail.com rocketmail.com aol.com icloud.com
  me.com mac.com proton.me protonmail.com pm.me tutanota.com tuta.io tutamail.com fastmail.com fastmail.fm hey.com zoho.com
  gmx.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de mail.de posteo.de mailbox.org mail.com email.com
  orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it alice.it ziggo.nl kpnmail.nl telenet.be
  skynet.be bluewin.ch terra.com.br uol.com.br bol.com.br ig.com.br globo.com sapo.pt telefonica.net btinternet.com sky.com
  virginmedia.com talktalk.net comcast.net verizon.net att.net sbcglobal.net cox.net charter.net bellsouth.net shaw.ca
  rogers.com sympatico.ca bigpond.com optusnet.com.au xtra.co.nz qq.com 163.com 126.com sina.com naver.com hanmail.net
  daum.net rediffmail.com mail.ru bk.ru inbox.ru list.ru yandex.ru yandex.com ya.ru rambler.ru ukr.net wp.pl o2.pl onet.pl
  interia.pl seznam.cz centrum.cz azet.sk freemail.hu citromail.hu abv.bg walla.co.il duck.com privaterelay.appleid.com
  relay.firefox.com simplelogin.com`
    .trim()
    .split(/\s+/),
);
