/** One side of a referral, as far as it is known. Lives in memory only. */
export interface Person {
  /** The address as that of one mailbox (`canonicalEmail`). */
  email: string | null;
  /** Names they go by: the public one, and the one only staff know. */
  names: readonly string[];
  /** Domains of the address now and before. */
  domains: readonly string[];
}

/** Everything that is known of a referral when it is judged. Signals are pure functions of it. */
export interface Facts {
  referrer: Person;
  referee: Person;
  /** What of the two is listed, by kind. */
  listed: readonly { kind: 'email' | 'email_domain' | 'ip' | 'participant'; side: 'referrer' | 'referee' }[];
  /** Whether both addresses lead to one mailbox. */
  sameMailbox: boolean;
  /** Whether a third participant has the referee's mailbox. */
  repeatedMailbox: boolean;
  /** Domain → how many participants have it, counted to a bound. */
  domainSizes: Readonly<Record<string, number>>;
  /** Whether the referee's domain gives out throw-away addresses. */
  disposable: boolean;
  sameIp: boolean;
  sameDevice: boolean;
  /** Whether both paid with the same means. */
  samePayment: boolean;
  /** Whether the referee came from a datacentre's address. */
  datacentre: boolean;
  /** Sign-ups from the referee's address within a day. */
  ipSignups: number;
  /** Referred participants connected with the referee through shared devices, counted to a bound. */
  devicePeers: number;
  /** Milliseconds. */
  clickToSignup: number | null;
  /** Milliseconds from sign-up to the first conversion with an amount. */
  signupToConversion: number | null;
  /** What is usual in the programme; `null`: too little is known. Milliseconds. */
  typical: { clickToSignup: number | null; signupToConversion: number | null };
  /** How many times the programme's median the largest conversion is; `null`: nothing to compare. */
  valueRatio: number | null;
  /** Sign-ups through the referrer: within the hour around this one, and in the time before it. Counted to a bound. */
  signups: { hour: number; day: number; month: number; year: number };
  /** The page the click landed on. */
  landingUrl: string | null;
  paidAdsAllowed: boolean;
  /** Whether the referee had referred the referrer. */
  reciprocal: boolean;
  /** How many participants stand in the circle that this referral closes; `null`: none. */
  cycle: number | null;
}

/** A sign that was found, in words for whoever looks after it. */
export interface Found<Code extends string = string> {
  code: Code;
  /** One sentence, without an e-mail address, an IP address or a name. */
  reason: string;
}
