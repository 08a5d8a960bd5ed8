/** Amazon SES: https://aws.amazon.com/ses/pricing/ */
import { priceFile, rowsOf, source } from './author.ts';

const file = source(priceFile('ses/USD/current/ses.json'), '2025-11-03', 'aws');
const row = rowsOf('Amazon SES', 'AmazonSES');

export const ses = [
  row({
    id: 'ses.sent',
    what: 'E-mail sent',
    unit: 'message',
    per: 1_000,
    regions: file.flat('0.1'),
    list: { usagetype: 'Recipients' },
  }),
  row({ id: 'ses.attachments', what: 'Attachment data sent', unit: 'GB', regions: file.flat('0.12') }),
  row({
    id: 'ses.received',
    what: 'E-mail received',
    unit: 'message',
    per: 1_000,
    regions: file.flat('0.1'),
  }),
  row({
    id: 'ses.dedicated-ip',
    what: 'Dedicated IP address',
    unit: 'address-month',
    regions: file.flat('24.95'),
  }),
];
