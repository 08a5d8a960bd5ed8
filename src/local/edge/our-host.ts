/**
 * May a request without a signature be answered under this name? A web page that the developer visits can have its own
 * name resolve to 127.0.0.1 (DNS rebinding), and its browser then lets it read what is answered. Names that nobody can
 * register, AWS's own and plain addresses are not open to that. Signed requests are taken under any name.
 */
const addresses = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/;
/** One label, or below a name that is reserved: RFC 6761, and ICANN's .internal. */
const reserved = /^(?:[a-z0-9_-]*|(?:[a-z0-9_-]+\.)+(?:localhost|internal|test))$/;
const ofAws = /\.(?:amazonaws\.com(?:\.cn)?|cloudfront\.net)$/;

/** @param host in lower case, without a port */
export const isOurHost = (host: string): boolean =>
  addresses.test(host) || reserved.test(host) || ofAws.test(host);
