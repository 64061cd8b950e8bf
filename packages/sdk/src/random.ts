/** 122 or more random bits as text. `crypto.randomUUID` is missing on pages served without TLS. */
export const randomKey = (): string => crypto.randomUUID?.() ?? crypto.getRandomValues(new Uint32Array(4)).join('-');
