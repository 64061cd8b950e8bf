/** What the elements tell the page, each as a DOM event `laurel:<name>` that bubbles. */
export interface Events {
  /** First content is on screen. */
  ready: { element: string };
  /** The referral link was copied. */
  copy: { link: string };
  /** A share target was chosen. */
  share: { channel: string; link: string };
  /** A stranger wants to take part: sign them in, then call `identify`. */
  join: { program: string; course?: string };
  /** Somebody confirmed their address and takes part from now on; they are signed in. */
  joined: { program: string; referralCode: string };
  /** An invited visitor put the banner away. */
  dismiss: { program: string };
  /** Somebody joined a contest. */
  entered: { contest: string };
  /** A step of a contest earned points. */
  action: { contest: string; action: string; points: number };
  /** An instant win was played. */
  played: { contest: string; prize: string | null };
  /** A prize was claimed. */
  claimed: { contest: string; prize: string };
  /** The draw of a contest was checked on this device. */
  verified: { contest: string; valid: boolean };
  /** Somebody chose a lesson; `preventDefault()` keeps the element from going there. */
  lesson: { course: string; lesson: string };
  /** Somebody chose a course of the catalogue; `preventDefault()` keeps the link from being followed. */
  course: { course: string };
  /** Somebody enrolled, or got in line. */
  enrolled: { course: string; state: 'waiting' | 'unpaid' | 'active' };
  /** A lesson is on screen. */
  opened: { course: string; lesson: string; kind: string };
  /** The learner has finished a lesson in this element; once a lesson. */
  completed: { course: string; lesson: string };
  /** A course is done; once per browser. */
  finished: { course: string };
  /** Something could not be read; nothing is shown in its place. */
  error: { code: string };
}

/** Dispatches an event at an element; `false` when the page prevented its default. */
export function emit<Name extends keyof Events>(from: Element | null, name: Name, detail: Events[Name]): boolean {
  try {
    const options = { detail, bubbles: true, composed: true, cancelable: true };
    return from?.dispatchEvent(new CustomEvent(`laurel:${name}`, options)) ?? true;
  } catch {
    return true;
  }
}

/** Calls the handler at each such event of any element; the answer stops it. */
export function on<Name extends keyof Events>(
  name: Name,
  handler: (detail: Events[Name], event: CustomEvent<Events[Name]>) => void,
): () => void {
  const listener = (event: Event) =>
    handler((event as CustomEvent<Events[Name]>).detail, event as CustomEvent<Events[Name]>);
  document.addEventListener(`laurel:${name}`, listener);
  return () => document.removeEventListener(`laurel:${name}`, listener);
}
