/**
 * Findings as SARIF 2.1.0, in the form that GitHub's code scanning reads. Acknowledged findings are suppressed results
 * (in source, with their reason); expired ones are open. A finding's place is its resource's line in the template.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
import { createHash } from 'node:crypto';
import type { Architecture } from '../../architecture/index.ts';
import type { Finding, Severity } from '../finding.ts';
import { type Place, templatePlaces } from './template-places.ts';

interface SarifOptions {
  /** Slipway's. */
  readonly version: string;
  readonly app: Architecture;
  /** Folder that the paths of templates are relative to: the repository's, for code scanning. Default: absolute paths. */
  readonly root?: string;
}

export interface SarifLog {
  readonly $schema: string;
  readonly version: '2.1.0';
  readonly runs: readonly [SarifRun];
}

interface SarifRun {
  readonly tool: { readonly driver: SarifDriver };
  readonly automationDetails: { readonly id: string };
  readonly columnKind: 'utf16CodeUnits';
  readonly results: readonly SarifResult[];
}

interface SarifDriver {
  readonly name: string;
  readonly version: string;
  readonly informationUri?: string;
  readonly rules: readonly SarifRule[];
}

interface SarifText {
  readonly text: string;
  readonly markdown?: string;
}

interface SarifRule {
  readonly id: string;
  readonly shortDescription: SarifText;
  readonly fullDescription: SarifText;
  readonly help: SarifText;
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: Level };
  readonly properties: Readonly<Record<string, string | readonly string[]>>;
}

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: Level;
  readonly message: SarifText;
  readonly locations: readonly SarifLocation[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions: readonly {
    readonly kind: 'inSource';
    readonly status: 'accepted';
    readonly justification: string;
  }[];
  readonly properties: Readonly<Record<string, string | readonly string[]>>;
}

interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: { readonly startLine: number; readonly startColumn: number; readonly endLine?: number };
  };
  readonly logicalLocations?: readonly {
    readonly name: string;
    readonly fullyQualifiedName: string;
    readonly kind: 'resource';
  }[];
}

type Level = 'error' | 'warning' | 'note';

const levels = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
} as const satisfies Record<Severity, Level>;

/** GitHub: above 9.0 critical, from 7.0 high, from 4.0 medium, from 0.1 low. */
const scores = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
  info: '0.1',
} as const satisfies Record<Severity, string>;

const gravest = Object.keys(scores);

export function toSarif(findings: readonly Finding[], options: SarifOptions): SarifLog {
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) byRule.set(finding.rule, [...(byRule.get(finding.rule) ?? []), finding]);
  const ids = [...byRule.keys()].sort();
  const places = templatePlaces(options.app, options.root);
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Slipway',
            version: options.version,
            rules: ids.flatMap((id) => ruleOf(byRule.get(id) ?? [])),
          },
        },
        // Keeps the runs of several systems in one repository apart: a path that ends in a slash.
        automationDetails: { id: `slipway-review/${options.app.name}/` },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultOf(finding, ids.indexOf(finding.rule), places)),
      },
    ],
  };
}

/** A rule's texts are those of its findings: the gravest one's, since one rule may judge by circumstances. */
function ruleOf(findings: readonly Finding[]): SarifRule[] {
  const [worst] = [...findings].sort((a, b) => gravest.indexOf(a.severity) - gravest.indexOf(b.severity));
  if (worst === undefined) return [];
  const { rule, area, severity, why, fix, reference, source } = worst;
  const title = headline(worst);
  const more = reference === undefined ? '' : `\n\n[More](${reference})`;
  return [
    {
      id: rule,
      shortDescription: { text: title },
      fullDescription: { text: why },
      help: {
        text: `${why}\n\nFix: ${fix}${reference === undefined ? '' : `\n\n${reference}`}`,
        markdown: `${why}\n\n**Fix:** ${fix}${more}`,
      },
      ...(reference === undefined ? {} : { helpUri: reference }),
      defaultConfiguration: { level: levels[severity] },
      properties: {
        tags: [area, source],
        precision: 'high',
        'problem.severity': problemSeverity[levels[severity]],
        // With a score GitHub files it under security, so only what is security has one.
        ...(area === 'security' ? { 'security-severity': scores[severity] } : {}),
      },
    },
  ];
}

const problemSeverity = { error: 'error', warning: 'warning', note: 'recommendation' } as const;

function resultOf(finding: Finding, ruleIndex: number, places: Places): SarifResult {
  const { resource, evidence, acknowledged } = finding;
  const shown = evidence.map(({ at, shows }) => `- ${code(at)}: ${shows}`).join('\n');
  const name = resource === undefined ? '' : ` (${resource.constructPath ?? resource.id})`;
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: levels[finding.severity],
    message: {
      text: `${finding.title}${name}\nFix: ${finding.fix}`,
      markdown: `${finding.title}${name}\n\n**Fix:** ${finding.fix}${shown === '' ? '' : `\n\n${shown}`}`,
    },
    locations: [locationOf(finding, places)],
    partialFingerprints: {
      // Not of the line: templates are generated, and a finding stays the same when its line moves.
      primaryLocationLineHash: `${createHash('sha256').update(finding.fingerprint).digest('hex').slice(0, 32)}:1`,
      'slipway/v1': finding.fingerprint,
    },
    suppressions:
      acknowledged?.state === 'valid'
        ? [{ kind: 'inSource', status: 'accepted', justification: acknowledged.reason }]
        : [],
    properties: {
      area: finding.area,
      severity: finding.severity,
      ...(acknowledged?.expires === undefined ? {} : { acknowledgedUntil: acknowledged.expires }),
      ...(finding.alsoReportedBy === undefined ? {} : { alsoReportedBy: finding.alsoReportedBy }),
    },
  };
}

type Places = ReturnType<typeof templatePlaces>;

function locationOf({ resource, evidence }: Finding, places: Places): SarifLocation {
  // `Stack/…` of the evidence, when the finding is not about a resource.
  const stack = resource?.stack ?? evidence[0]?.at.split('/')[0];
  const place: Place = places(stack, resource?.logicalId);
  const { uri, ...region } = place;
  return {
    physicalLocation: { artifactLocation: { uri }, region },
    ...(resource === undefined
      ? {}
      : {
          logicalLocations: [
            {
              name: resource.logicalId,
              fullyQualifiedName: resource.constructPath ?? resource.id,
              kind: 'resource',
            },
          ],
        }),
  };
}

/** What a granular rule found is told with the result, not with the rule. */
const headline = ({ title, fingerprint, rule, resource, source }: Finding): string =>
  source === 'cdk-nag' && fingerprint.length > `${rule}|${resource?.id ?? ''}`.length
    ? title.replace(/: (action|resource|policy|log|value)\b.*$/is, '.')
    : title;

const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``;
