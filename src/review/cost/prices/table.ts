/** The one list of price files: a new service is a file beside this one and a line here. */
import { lambda } from './lambda.ts';
import type { PriceRow } from './model.ts';

export { notPriced } from './not-priced.ts';

/** By file name, so that a test can hold each file to its own service. */
export const priceFiles: Readonly<Record<string, readonly PriceRow[]>> = { lambda };

export const priceRows: readonly PriceRow[] = Object.values(priceFiles).flat();
