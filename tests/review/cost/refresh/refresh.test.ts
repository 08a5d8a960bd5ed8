import { afterEach, describe, expect, it } from 'vitest';
import { type PriceRow, priceOf, rowOf } from '../../../../src/review/cost/prices/index.ts';
import { overridesOf, type Refreshed, refreshPrices } from '../../../../src/review/cost/refresh/index.ts';
import { type Product, priceFile, type Served, servePrices } from './price-server.ts';

let served: Served | undefined;
afterEach(async () => {
  await served?.close();
  served = undefined;
});

function row(id: string): PriceRow {
  const found = rowOf(id);
  if (!found) throw new Error(`no row ${id}`);
  return found;
}

type Files = Parameters<typeof servePrices>[1];
async function refresh(
  ids: readonly string[],
  offers: Parameters<typeof servePrices>[0],
  options: { readonly files?: Files; readonly regions?: readonly string[] } = {},
): Promise<Refreshed> {
  served = await servePrices(offers, options.files);
  const { regions = ['us-east-2'] } = options;
  return refreshPrices({ fetch, host: served.host, regions, rows: ids.map(row) });
}

const nat = (usagetype: string, usd: string, more: Partial<Product> = {}): Product => ({
  sku: usagetype.replaceAll(/[^A-Z0-9]/gi, ''),
  attributes: { usageType: usagetype, operation: 'NatGateway' },
  prices: [['0', 'Inf', usd]],
  ...more,
});
const requests = (prices: Product['prices'], sku = 'REQ'): Product => ({
  sku,
  attributes: { Group: 'AWS-Lambda-Requests', usageType: 'USE2-Request' },
  unit: 'Requests',
  prices,
});

describe('prices refresh', () => {
  it('reads a price per million requests from a price per request, with its address and day', async () => {
    const found = await refresh(['lambda.requests'], {
      AWSLambda: { 'us-east-2': priceFile('AWSLambda', [requests([['0', 'Inf', '0.0000002000']])]) },
    });
    expect(found.prices).toEqual([
      {
        id: 'lambda.requests',
        region: 'us-east-2',
        tiers: [{ usd: '0.2' }],
        source: `${served?.host}/offers/v1.0/aws/AWSLambda/20261030182801/us-east-2/index.csv`,
        date: '2026-10-30',
        verified: 'aws',
      },
    ]);
    expect(found.changed).toEqual([]);
  });

  it('reads tiers in the order of their ranges', async () => {
    const duration: Product = {
      sku: 'DUR',
      attributes: { Group: 'AWS-Lambda-Duration' },
      unit: 'Lambda-GB-Second',
      prices: [
        ['6000000000', '15000000000', '0.0000150000'],
        ['15000000000', 'Inf', '0.0000133334'],
        ['0', '6000000000', '0.0000166667'],
      ],
    };
    const found = await refresh(['lambda.duration'], {
      AWSLambda: { 'us-east-2': priceFile('AWSLambda', [duration]) },
    });
    expect(found.prices[0]?.tiers).toEqual(row('lambda.duration').regions['us-east-2']?.tiers);
    expect(found.changed).toEqual([]);
  });

  it('says what changed, old beside new', async () => {
    const found = await refresh(['vpc.nat-gateway.hours'], {
      AmazonEC2: { 'us-east-2': priceFile('AmazonEC2', [nat('USE2-NatGateway-Hours', '0.05')]) },
    });
    expect(found.changed).toMatchObject([
      {
        id: 'vpc.nat-gateway.hours',
        region: 'us-east-2',
        before: { tiers: [{ usd: '0.045' }] },
        after: { tiers: [{ usd: '0.05' }], date: '2026-10-30' },
      },
    ]);
  });

  it('adds a region the table does not have, and the lookup then finds it', async () => {
    const found = await refresh(
      ['vpc.nat-gateway.hours'],
      { AmazonEC2: { 'sa-east-1': priceFile('AmazonEC2', [nat('SAE1-NatGateway-Hours', '0.093')]) } },
      { regions: ['sa-east-1'] },
    );
    const price = priceOf('vpc.nat-gateway.hours', 'sa-east-1', overridesOf(found.prices));
    expect(price).toMatchObject({ price: { tiers: [{ usd: '0.093' }], verified: 'aws' } });
    expect(found.changed[0]).not.toHaveProperty('before');
  });

  it("drops a region's prefix and no other", async () => {
    const decoys = [nat('USE2-Regional-NatGateway-Hours', '9'), nat('USE1-NatGateway-Hours', '8')];
    const found = await refresh(['vpc.nat-gateway.hours'], {
      AmazonEC2: { 'us-east-2': priceFile('AmazonEC2', [...decoys, nat('USE2-NatGateway-Hours', '0.045')]) },
    });
    expect(found.prices.map((price) => price.tiers)).toEqual([[{ usd: '0.045' }]]);
  });

  it('takes on-demand prices only', async () => {
    const reserved = nat('USE2-NatGateway-Hours', '0.01', { sku: 'RES', term: 'Reserved' });
    const found = await refresh(['vpc.nat-gateway.hours'], {
      AmazonEC2: { 'us-east-2': priceFile('AmazonEC2', [reserved]) },
    });
    expect(found.prices).toEqual([]);
    expect(found.notFound).toEqual([
      {
        id: 'vpc.nat-gateway.hours',
        region: 'us-east-2',
        reason: 'no on-demand product with usagetype=NatGateway-Hours',
      },
    ]);
  });

  it('names what several products match at different prices, and takes none of them', async () => {
    const found = await refresh(['lambda.requests'], {
      AWSLambda: {
        'us-east-2': priceFile('AWSLambda', [
          requests([['0', 'Inf', '0.0000002']], 'ONE'),
          requests([['0', 'Inf', '0.0000003']], 'TWO'),
        ]),
      },
    });
    expect(found.prices).toEqual([]);
    expect(found.notFound[0]?.reason).toBe('2 products match with different prices (ONE, TWO, …)');
  });

  it("leaves the list's free first tier to the row's own allowance", async () => {
    const found = await refresh(['lambda.requests'], {
      AWSLambda: {
        'us-east-2': priceFile('AWSLambda', [
          requests([
            ['0', '1000000', '0.0000000000'],
            ['1000000', 'Inf', '0.0000002000'],
          ]),
        ]),
      },
    });
    expect(found.prices[0]?.tiers).toEqual([{ usd: '0.2' }]);
  });

  it('takes two products that differ only in the free tier for one, as us-east-1 lists DynamoDB storage', async () => {
    const storage = (usageType: string, prices: Product['prices']): Product => ({
      sku: usageType,
      attributes: { usageType },
      unit: 'GB-Mo',
      prices,
    });
    const found = await refresh(
      ['dynamodb.storage'],
      {
        AmazonDynamoDB: {
          'us-east-1': priceFile('AmazonDynamoDB', [
            storage('TimedStorage-ByteHrs', [
              ['0', '25', '0'],
              ['25', 'Inf', '0.25'],
            ]),
            storage('USE1-TimedStorage-ByteHrs', [['0', 'Inf', '0.25']]),
            storage('IA-TimedStorage-ByteHrs', [['0', 'Inf', '0.1']]),
          ]),
        },
      },
      { regions: ['us-east-1'] },
    );
    expect(found.prices.map((price) => price.tiers)).toEqual([[{ usd: '0.25' }]]);
  });

  it('knows a region written out before the usage type, as KMS has it', async () => {
    const keys: Product = {
      sku: 'KEYS',
      attributes: { usageType: 'us-east-2-KMS-Keys' },
      prices: [['0', 'Inf', '1']],
    };
    const found = await refresh(['kms.key'], { awskms: { 'us-east-2': priceFile('awskms', [keys]) } });
    expect(found.prices.map((price) => price.tiers)).toEqual([[{ usd: '1' }]]);
  });

  it('converts a unit that the list counts larger', async () => {
    const throughput: Product = {
      sku: 'THR',
      attributes: { usageType: 'USE2-EBS:VolumeP-Throughput.gp3' },
      unit: 'GiBps-mo',
      prices: [['0', 'Inf', '40.9600000000']],
    };
    const found = await refresh(['ebs.gp3.throughput'], {
      AmazonEC2: { 'us-east-2': priceFile('AmazonEC2', [throughput]) },
    });
    expect(found.prices[0]?.tiers).toEqual([{ usd: '0.04' }]);
  });

  it('reads an instance by all its attributes', async () => {
    const box = (sku: string, system: string, usd: string): Product => ({
      sku,
      attributes: {
        'Instance Type': 't3.medium',
        'Operating System': system,
        Tenancy: 'Shared',
        'Pre Installed S/W': 'NA',
        CapacityStatus: 'Used',
      },
      prices: [['0', 'Inf', usd]],
    });
    const found = await refresh(['ec2.t3.medium'], {
      AmazonEC2: {
        'us-east-2': priceFile('AmazonEC2', [box('L', 'Linux', '0.0416'), box('W', 'Windows', '0.06')]),
      },
    });
    expect(found.prices.map((price) => price.tiers)).toEqual([[{ usd: '0.0416' }]]);
  });

  it('reads a global service once, whatever the regions', async () => {
    const zone: Product = {
      sku: 'ZONE',
      attributes: { usageType: 'HostedZone' },
      prices: [
        ['0', '25', '0.5'],
        ['25', 'Inf', '0.1'],
      ],
    };
    const found = await refresh(
      ['route53.hosted-zone'],
      { AmazonRoute53: { all: priceFile('AmazonRoute53', [zone]) } },
      { regions: ['us-east-1', 'eu-west-1'] },
    );
    expect(found.prices).toMatchObject([
      { region: 'global', tiers: [{ upTo: 25, usd: '0.5' }, { usd: '0.1' }] },
    ]);
    expect(found.changed).toEqual([]);
  });

  it('reads each file once, however many rows it holds', async () => {
    await refresh(['vpc.nat-gateway.hours', 'vpc.nat-gateway.data', 'ebs.gp3.storage'], {
      AmazonEC2: { 'us-east-2': priceFile('AmazonEC2', [nat('USE2-NatGateway-Hours', '0.045')]) },
    });
    expect(served?.asked).toEqual([
      '/offers/v1.0/aws/index.json',
      '/offers/v1.0/aws/AmazonEC2/current/region_index.json',
      '/offers/v1.0/aws/AmazonEC2/20261030182801/us-east-2/index.csv',
    ]);
  });

  it('lists the rows that only a person can refresh', async () => {
    const found = await refresh(['vpc.network', 's3.transfer-acceleration'], {});
    expect(found.byHand).toEqual(['vpc.network', 's3.transfer-acceleration']);
    expect(served?.asked).toEqual([]);
  });

  it('finds its one line in a file of twelve megabytes', async () => {
    const filler = Array.from({ length: 60_000 }, (_, index) => nat(`USE2-BoxUsage:x${index}`, '1'));
    const text = priceFile('AmazonEC2', [...filler, nat('USE2-NatGateway-Hours', '0.045')]);
    expect(text.length).toBeGreaterThan(12_000_000);
    const found = await refresh(['vpc.nat-gateway.hours'], { AmazonEC2: { 'us-east-2': text } });
    expect(found.prices).toHaveLength(1);
  });
});

describe('a price file that cannot be used', () => {
  const good = priceFile('AmazonEC2', [
    nat('USE2-NatGateway-Hours', '0.045'),
    nat('USE2-NatGateway-Bytes', '0.045'),
  ]);
  const ids = ['vpc.nat-gateway.hours', 'vpc.nat-gateway.data'];
  const path = '/offers/v1.0/aws/AmazonEC2/20261030182801/us-east-2/index.csv';

  const cases: readonly (readonly [string, Files, string])[] = [
    ['is cut short inside a record', { [path]: good.slice(0, -60) }, 'the file ends inside a quoted field'],
    [
      'is cut short between fields',
      { [path]: good.slice(0, good.lastIndexOf(',')) },
      'is the file cut short?',
    ],
    ['breaks off on the way', { [path]: { cut: good.slice(0, -200) } }, 'broke off while it was read'],
    ['is an error page', { [path]: '<html>Access Denied</html>\n' }, 'the file ends before its header'],
    ['answers with an error', { [path]: { status: 503 } }, 'answered with status 503'],
    [
      "is another offer's",
      { [path]: good.replace('"OfferCode","AmazonEC2"', '"OfferCode","AmazonS3"') },
      "the file is of offer 'AmazonS3', not 'AmazonEC2'",
    ],
    [
      'is of another format',
      { [path]: good.replace('"v1.0"', '"v2.0"') },
      "format version 'v2.0', expected 'v1.0'",
    ],
    [
      'has no date',
      { [path]: good.replace('2026-10-30T18:28:01Z', 'soon') },
      "the publication date 'soon' is not a date",
    ],
    [
      'has no price column',
      { [path]: good.replace('"PricePerUnit"', '"Price"') },
      'the header has no column priceperunit',
    ],
    [
      'has a price that is no number',
      { [path]: good.replace('"0.045","USD"', '"free","USD"') },
      "price 'free' is not a number",
    ],
    [
      'has a gap between its tiers',
      { [path]: good.replace('"0","Inf"', '"0","5"') },
      'its price ranges have a gap or overlap at 5',
    ],
    ['has no prices', { [path]: priceFile('AmazonEC2', []) }, 'the file has no prices'],
    ['is missing', { [path]: { status: 404 } }, 'answered with status 404'],
    [
      'is behind a broken index',
      { '/offers/v1.0/aws/index.json': '{"offers":' },
      'is not JSON, or is cut short',
    ],
    [
      'is behind an index of another form',
      { '/offers/v1.0/aws/index.json': '{"services":[]}' },
      "has no 'offers' object",
    ],
    [
      'has no region of that name',
      { '/offers/v1.0/aws/AmazonEC2/current/region_index.json': '{"regions":{}}' },
      "has no prices for region 'us-east-2'",
    ],
  ];
  for (const [what, files, message] of cases)
    it(`${what}: it is refused whole, and its rows are named`, async () => {
      const found = await refresh(ids, { AmazonEC2: { 'us-east-2': good } }, { files });
      expect(found.prices).toEqual([]);
      expect(found.failures).toHaveLength(1);
      expect(found.failures[0]?.message).toContain(message);
      expect(found.notFound.map((each) => each.id)).toEqual(ids);
    });

  it('does not keep the others from being read', async () => {
    const found = await refresh([...ids, 'lambda.requests'], {
      AmazonEC2: { 'us-east-2': 'nonsense' },
      AWSLambda: { 'us-east-2': priceFile('AWSLambda', [requests([['0', 'Inf', '0.0000002']])]) },
    });
    expect(found.prices.map((price) => price.id)).toEqual(['lambda.requests']);
    expect(found.failures).toHaveLength(1);
  });

  it('cannot be reached at all: that is said, by address', async () => {
    const gone = await servePrices({});
    await gone.close();
    const found = await refreshPrices({
      fetch,
      host: gone.host,
      regions: ['us-east-2'],
      rows: [row('lambda.requests')],
    });
    expect(found.failures).toEqual([
      {
        url: `${gone.host}/offers/v1.0/aws/index.json`,
        message: expect.stringContaining('could not be reached'),
      },
    ]);
  });
});
