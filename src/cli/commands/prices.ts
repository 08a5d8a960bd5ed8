import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pricesFileName } from '../../api/review-files.ts';
import { SlipwayError } from '../../core/errors.ts';
import { disclaimer } from '../../review/cost/prices/index.ts';
import {
  mergeOverrides,
  readOverrides,
  refreshPrices,
  writeOverrides,
} from '../../review/cost/refresh/index.ts';
import type { Command } from '../command.ts';
import { writeWhole } from '../write-whole.ts';

export const prices: Command = {
  name: 'prices',
  summary: "Read AWS's current price list and write it to a file that the review then uses.",
  usage: 'refresh',
  details: `Reads AWS's public bulk price files (no account needed; EC2's has hundreds of megabytes). Where the written file has no\nprice, the built-in one is used.\n${disclaimer}`,
  options: {
    region: { type: 'string', value: 'REGION[,…]', help: 'regions to read (default us-east-1)' },
    output: { type: 'string', value: 'FILE', help: `where to write (default ${pricesFileName})` },
    host: { type: 'string', value: 'URL', help: "a mirror of AWS's price list" },
    json: { type: 'boolean', help: 'print what was found, changed and not found as one JSON object' },
  },
  positionals: { min: 1, max: 1, values: [{ oneOf: ['refresh'] }] },
  async run(args, terminal) {
    const output = args.text('output') ?? pricesFileName;
    const known = existsSync(output) ? readOverrides(readFileSync(output, 'utf8')) : { overrides: {} };
    if ('problem' in known)
      throw new SlipwayError('review.unreadable', `${output} is not what it should be: ${known.problem}`, {
        fix: 'move it away, or name another file with --output',
      });
    const host = args.text('host');
    const found = await refreshPrices({
      fetch,
      regions: (args.text('region') ?? 'us-east-1').split(',').map((region) => region.trim()),
      ...(host === undefined ? {} : { host }),
      onFile: (url) => terminal.note(`reading ${url}`),
    });
    if (found.prices.length > 0) {
      const fresh: Record<string, Record<string, (typeof found.prices)[number]>> = {};
      for (const { id, region, ...price } of found.prices)
        fresh[id] = { ...fresh[id], [region]: { ...price, id, region } };
      mkdirSync(dirname(output), { recursive: true });
      writeWhole(output, writeOverrides(mergeOverrides(known.overrides, fresh)));
    }
    if (args.flag('json')) terminal.answer(JSON.stringify(found, null, 2));
    else {
      for (const { id, region, before, after } of found.changed)
        terminal.answer(`${id} in ${region}: ${tiers(before)} → ${tiers(after)}`);
      terminal.answer(
        `${found.prices.length} prices read, ${found.changed.length} of them other than the table's, ${found.notFound.length} not found, ${found.byHand.length} only by hand`,
      );
      if (found.prices.length > 0) terminal.answer(`written to ${output}`);
      for (const { id, region, reason } of found.notFound.slice(0, 20))
        terminal.note(`not found: ${id} in ${region}: ${reason}`);
      if (found.notFound.length > 20)
        terminal.note(`… and ${found.notFound.length - 20} more; --json lists them`);
    }
    for (const { url, message } of found.failures)
      terminal.note(`${terminal.red('could not be used:')} ${url}: ${message}`);
    return found.failures.length > 0 || found.prices.length === 0 ? 1 : 0;
  },
};

const tiers = (price: { readonly tiers: readonly { readonly usd: string }[] } | undefined): string =>
  price === undefined ? 'none' : price.tiers.map(({ usd }) => `$${usd}`).join(', then ');
