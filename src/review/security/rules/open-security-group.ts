/** Security groups that let the whole internet in to ports of administration or of databases, or to every port. */
import { isAnywhere, networkOf, type PortRule, portsOf } from '../../../architecture/index.ts';
import type { Severity } from '../../finding.ts';
import { exposureReport } from '../exposure/index.ts';
import { securityRule } from './support/security-rule.ts';
import { sentenceList } from './support/sentence-list.ts';

/** Ports that nobody should reach from everywhere, with what listens there. */
const sensitive: Readonly<Record<number, string>> = {
  21: 'FTP',
  22: 'SSH',
  23: 'Telnet',
  111: 'RPC',
  135: 'RPC',
  445: 'SMB',
  1433: 'SQL Server',
  1521: 'Oracle',
  2049: 'NFS',
  2375: 'Docker',
  2379: 'etcd',
  3306: 'MySQL',
  3389: 'RDP',
  5432: 'PostgreSQL',
  5439: 'Redshift',
  5601: 'Kibana',
  5900: 'VNC',
  5985: 'WinRM',
  5986: 'WinRM',
  6379: 'Redis',
  8182: 'Neptune',
  9042: 'Cassandra',
  9092: 'Kafka',
  9200: 'OpenSearch',
  11211: 'Memcached',
  27017: 'MongoDB',
};

function namesIn({ from, to, protocol }: PortRule): string[] {
  if (protocol !== 'all' && protocol !== 'tcp' && protocol !== '6') return [];
  return Object.entries(sensitive).flatMap(([port, name]) =>
    from <= Number(port) && Number(port) <= to ? [name] : [],
  );
}

export const openSecurityGroup = securityRule({
  id: 'open-security-group',
  title: 'No security group opens administration or database ports to the internet',
  severity: 'medium',
  why: 'Such ports are found and tried within minutes of being opened; a weak password or an unpatched fault is then enough.',
  reference: 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html',
  check: ({ app, checked, found, unclear }) => {
    const network = networkOf(app);
    const hosts = exposureReport(app).entries.filter(({ kind }) => kind === 'host' || kind === 'database');
    for (const group of app.ofType('AWS::EC2::SecurityGroup')) {
      checked();
      for (const rule of network.ingress(group)) {
        if (rule.because !== undefined) {
          unclear({ resource: group, what: `the rule ${rule.path}`, because: rule.because });
          continue;
        }
        if (!isAnywhere(rule.peer)) continue;
        const names = namesIn(rule);
        if (names.length === 0) continue;
        const reached = hosts.filter(({ opens }) => opens.at === rule.path);
        const severity: Severity = reached.length > 0 ? 'high' : 'medium';
        const isAll = rule.to - rule.from > 1000;
        found({
          resource: group,
          about: `${portsOf(rule)} ${rule.peer}`,
          severity: reached.length > 0 && isAll ? 'critical' : severity,
          title: `Security group ${group.name} opens ${portsOf(rule)} (${sentenceList(names, 3)}) to ${rule.peer}${reached.length > 0 ? `, and ${sentenceList(reached.map(({ resource }) => resource.name))} can be reached there` : ''}`,
          fix: 'Replace the range by the security group or the addresses that need it; for administration use SSM Session Manager and open no port at all.',
          evidence: [
            { at: rule.path, shows: `${portsOf(rule)} from ${rule.peer}` },
            ...reached.map(({ resource, what }) => ({ at: resource.id, shows: `public address, ${what}` })),
          ],
        });
      }
    }
  },
});
