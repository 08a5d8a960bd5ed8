/** A price file that cannot be used: where it is and what is wrong with it. Caught by refreshPrices; never leaves it. */
export class PriceListError extends Error {
  readonly url: string;

  constructor(url: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'PriceListError';
    this.url = url;
  }
}
