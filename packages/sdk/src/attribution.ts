/**
 * Referral capture for a page: reads the code in the address, records the click, and hands what it knows to the sign-up.
 *
 * @example
 * ```ts
 * import { createAttribution } from '@laurelkit/sdk/attribution';
 * const attribution = createAttribution({ baseUrl: '/api', key: 'pk_…', consent: () => cmp.allows('referrals') });
 * await attribution.ready;
 * signUp({ ...form, referral: attribution.get() });
 * ```
 */
import { carry } from './carry.ts';
import { knownParameters } from './contract/parameters.ts';
import { attempt, choose, forget, load, type Model, save, see, unlessKept } from './kept.ts';
import { isCurrent, type KeptTouch, type Touch } from './touch.ts';

export { findTouch, mayBeTouched } from './found.ts';

/**
 * Whether the visitor agreed that something is stored on their device, or a function that finds out. The click is sent
 * once it has answered, so let it answer with what is known now, and call `setConsent` when that changes.
 */
export type Consent = boolean | (() => boolean | Promise<boolean>);

/** Options of `createAttribution`. */
export interface AttributionOptions {
  /** Where Laurel is mounted, such as `/api`. */
  baseUrl: string;
  /** The publishable key, `pk_…`. */
  key: string;
  /**
   * The programme of this page, by slug or id: its touch is kept apart from those of others, and a code of another programme is
   * none here. Needed where there are several.
   */
  program?: string;
  /** Without consent (the default) nothing is stored; `carry` still works. */
  consent?: Consent;
  /** Which touch counts; `last` unless told. Set it as in the programme. */
  model?: Model;
  /** Days a touch counts, until the server says otherwise; 30 unless told. */
  windowDays?: number;
  /** Names of the URL parameter that carries a code, most important first; the first is the one `carry` writes. */
  parameters?: readonly string[];
  /** Where the link stood, such as `whatsapp`; the `channel` of the address unless told. */
  channel?: string;
  /** Further origins of yours, such as `https://app.example`, to which `carry` takes the touch along. No others get it. */
  origins?: readonly string[];
  /** The address to read; the one by which the visitor came unless told. */
  address?: string;
}

/** The referral capture of a page. None of its functions throws or rejects. */
export interface Attribution {
  /** Resolves when consent is known and the click, if there is one to record, was answered or failed. */
  readonly ready: Promise<void>;
  /** How this visitor came, or `undefined`. Give it to your sign-up. */
  get(): Touch | undefined;
  /** Writes the touch into a form as hidden fields (`ref`, `rid`), or into a link to this origin or one of `origins`. */
  carry(target: HTMLFormElement | HTMLAnchorElement): void;
  /** The address with the touch appended when it is on this origin or one of `origins`, otherwise as it was. */
  carry(target: string | URL): string;
  /** The visitor's decision changed: `true` stores the touch, `false` removes what is stored. */
  setConsent(granted: boolean): void;
}

/** Ids of clicks on paid advertisements (`gclid`, `fbclid`, `msclkid`…): all that a click tells of the page's query. */
const paidParameter = /clk?id$|^[gw]braid$/;

/** The address by which the visitor came, where a loader has noted it: the page may have changed its own since. */
const landing = () => (globalThis as { Laurel?: { landing?: string } }).Laurel?.landing;

/** Options of `captureTouch`, as those of `createAttribution`. */
interface CaptureOptions {
  program?: string | undefined;
  model?: Model | undefined;
  parameters?: readonly string[] | undefined;
}

/**
 * Keeps how the visitor came on their device, by the rules of `createAttribution`, which finds it there and records the
 * click: for a page that is left before its scripts have come. Call it with the visitor's consent only. Under `first` a
 * later link is not kept beside the one that counts.
 */
export function captureTouch({ program, model = 'last', parameters = knownParameters }: CaptureOptions): void {
  const kept = load(program);
  save(choose(kept, unlessKept(kept, see(location.href, parameters)), model), program);
}

/**
 * Reads the address at once and records the click with `POST /clicks`; a click id in the address (`rid`) means that a
 * redirect of the server has recorded it already. A touch is stored in `localStorage` with consent only; the cookie is
 * the server's, set with consent only. Without consent the touch lives as long as the page, and `carry` takes it along.
 * Whether anybody has the code, the server does not tell; it shows when somebody signs up.
 */
export function createAttribution(options: AttributionOptions): Attribution {
  const { baseUrl, key, program, consent = false, model = 'last', parameters = knownParameters, origins } = options;
  const page = options.address ?? globalThis.location?.href;
  const address = options.address ?? landing() ?? page;
  let granted = consent === true;
  let touch: KeptTouch | undefined;

  const keep = () => granted && save(touch, program);

  async function send(click: KeptTouch): Promise<void> {
    const { origin, pathname, protocol, searchParams } = new URL(address);
    const paid = [...searchParams].filter(([name]) => paidParameter.test(name));
    const query = paid[0] ? `?${new URLSearchParams(paid)}` : '';
    const landingUrl = /^http/.test(protocol) ? (origin + pathname + query).slice(0, 2000) : undefined;
    const { referralCode } = click;
    const channel = options.channel ?? searchParams.get('channel')?.match(/^[a-z\d_-]{1,40}$/)?.[0];
    const response = await fetch(`${baseUrl.replace(/\/+$/, '')}/clicks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': click.key },
      body: JSON.stringify({ referralCode, program, landingUrl, channel, consent: granted }),
      credentials: granted ? 'same-origin' : 'omit',
      // The visitor may be on to the next page before the answer.
      keepalive: true,
    });
    const { clickId, expiresAt } = await response.json();
    if (response.ok && clickId) Object.assign(click, { clickId, expiresAt });
    keep();
  }

  async function start(seen: KeptTouch | undefined): Promise<void> {
    if (typeof consent === 'function') granted = await consent();
    const kept = granted ? load(program) : undefined;
    const fresh = unlessKept(kept, seen);
    touch = choose(kept, fresh, model);
    keep();
    const click = fresh ?? kept;
    if (click && !click.clickId) await send(click);
  }

  function get(): Touch | undefined {
    if (!isCurrent(touch, Date.now())) return undefined;
    const { expiresAt, key, ...visible } = touch;
    return visible;
  }

  touch = see(address, parameters, options.windowDays);
  return {
    ready: start(touch).catch(() => {}),
    get,
    carry: ((target: Parameters<typeof carry>[0]) =>
      attempt(() => carry(target, get(), parameters[0] ?? 'ref', page, origins)) ??
      String(target)) as Attribution['carry'],
    setConsent(decision) {
      granted = decision;
      if (granted) touch = choose(load(program), touch, model);
      else forget(program);
      keep();
    },
  };
}

export type { Touch } from './touch.ts';
export { knownParameters as defaultParameters };
