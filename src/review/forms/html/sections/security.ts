import type { Finding } from '../../../finding.ts';
import { isOpen } from '../../../finding.ts';
import type { AccessCell, AccessReport, EntryPoint, SecurityReport } from '../../../security/report.ts';
import { plural } from '../../format.ts';
import { openText } from '../../open-findings.ts';
import { html, type Markup } from '../escape.ts';
import { findingRows, unclearList, word } from './findings.ts';

export function securitySection(report: SecurityReport): Markup {
  const findings = report.results.flatMap((result) => result.findings);
  const open = findings.filter(isOpen);
  const accepted = findings.filter((finding) => !isOpen(finding));
  const passed = report.results.filter((result) => result.verdict === 'pass').length;
  return html`<h2 id="security">Security</h2>
<p>${openText(report.results)}, ${accepted.length} accepted with a reason, ${plural(passed, 'rule')} passed.</p>
${grouped(open)}
${accepted.length > 0 && html`<details><summary>${plural(accepted.length, 'accepted finding')}</summary>${findingRows(accepted)}</details>`}
${unclearList(report.results)}
<h3>What the internet can reach</h3>${report.exposure.entries.length === 0 ? html`<p>Nothing: this template has no entry point that is open to the internet.</p>` : entryTable(report.exposure.entries)}
<h3>Who can reach which data</h3>${accessTable(report.access)}
${
  report.encryption.stores.length > 0 &&
  html`<details><summary>Keys: who encrypts what</summary><table><tr><th>Store</th><th>Kind</th><th>Key</th><th>Seen</th></tr>${report.encryption.stores.map(
    ({ resource, kind, key, keyResource, evidence }) =>
      html`<tr><td>${resource.name}</td><td>${kind}</td><td>${key}${keyResource && html` (${keyResource.name})`}</td><td><small>${evidence.shows}</small></td></tr>`,
  )}</table></details>`
}
<p class="quiet">${report.tools.map(
    (tool) =>
      html`${tool.name}${tool.version && ` ${tool.version}`}: ${tool.outcome === 'ran' ? `${tool.rules} rules${tool.packs.length > 0 ? ` (${tool.packs.join(', ')})` : ''} over ${plural(tool.resources, 'resource')}` : 'was not run'}${tool.because && `; ${tool.because}`}. `,
  )}</p>`;
}

/** Many findings of one rule are one row with the resources inside, so that a rule with many findings does not hide the others. */
function grouped(findings: readonly Finding[]): Markup {
  const own = findings.filter((finding) => finding.source === 'slipway');
  const others = findings.filter((finding) => finding.source !== 'slipway');
  return html`${findingRows(own)}${others.length > 0 && html`<h3>From cdk-nag and cloudformation-validate</h3>${findingRows(others)}`}`;
}

function entryTable(entries: readonly EntryPoint[]): Markup {
  return html`<div class="scroll"><table><tr><th>Door</th><th>Who may</th><th>Guards</th><th>Leads to</th></tr>${entries.map(
    (entry) =>
      html`<tr><td><b>${entry.what}</b><br><small>${entry.resource.name} (${entry.kind.replaceAll('-', ' ')})</small></td><td>${
        entry.authentication === 'none'
          ? word('high', 'anyone')
          : entry.authentication === 'who'
            ? word('yes', 'known callers')
            : word('medium', entry.authentication === 'some' ? 'limited' : 'unknown')
      }${entry.writes && html`<br><small>can change things</small>`}</td><td>${entry.guards.map((guard) => guard.kind.replaceAll('-', ' ')).join(', ') || '–'}</td><td>${entry.paths.map(
        (path) =>
          html`<div>${path.hops.slice(1).map((hop) => html` → <span title="${hop.by}: ${hop.opens.at}">${hop.resource.name}</span>`)}${path.access.length > 0 && html` <small>(${path.access.join(', ')}${path.direct ? ', directly' : ''})</small>`}</div>`,
      )}${entry.pathsLeftOut > 0 && html`<small>and ${entry.pathsLeftOut} more</small>`}</td></tr>`,
  )}</table></div>`;
}

/** Rows: who; columns: data; R, W, A where it may, marked where nothing shows that it needs to. */
function accessTable(access: AccessReport): Markup {
  if (access.cells.length === 0)
    return html`<p class="quiet">No principal of this template reaches data of this template.</p>`;
  const cells = new Map(access.cells.map((cell) => [`${cell.principal} ${cell.store}`, cell]));
  const stores = access.stores.filter(
    ({ resource, kind }) => kind !== 'log-group' && access.cells.some((cell) => cell.store === resource.id),
  );
  const principals = access.principals.filter(({ resource }) =>
    stores.some((store) => cells.has(`${resource.id} ${store.resource.id}`)),
  );
  return html`<div class="scroll"><table class="matrix"><tr><th></th>${stores.map(({ resource, kind }) => html`<th class="up"><span>${resource.name} <small>${kind}</small></span></th>`)}</tr>${principals.map(
    (principal) =>
      html`<tr><td>${principal.runs.map(({ name }) => name).join(', ') || principal.resource.name}<br><small>${principal.runs.length > 0 && `as ${principal.resource.name}`}</small></td>${stores.map((store) => accessCell(cells.get(`${principal.resource.id} ${store.resource.id}`)))}</tr>`,
  )}</table></div><p class="quiet">R reads, W writes, A administers. <span class="word medium">R</span>: nothing shows that it needs to. Log groups are left out. Hover for the actions.</p>`;
}

const levels = { read: 'R', write: 'W', admin: 'A' } as const;

function accessCell(cell: AccessCell | undefined): Markup {
  if (cell === undefined) return html`<td></td>`;
  const may = (['read', 'write', 'admin'] as const).filter((level) => cell[level].length > 0);
  const actions = may.flatMap((level) => cell[level].flatMap((grant) => grant.actions));
  const isNeeded = !['not-named', 'unused'].includes(cell.need.verdict);
  return html`<td title="${[...new Set(actions)].join(', ')} (${cell.need.verdict.replaceAll('-', ' ')})"><span class="word ${isNeeded ? 'info' : 'medium'}">${may.map((level) => levels[level]).join(' ')}</span></td>`;
}
