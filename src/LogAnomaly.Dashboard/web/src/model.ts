import type { AnomalyData, PageData, Severity, SourceData } from './data';
import { severities } from './data';
import { about, eventsOf, isAboutTemplate, sourceOf, spanOf, userOf } from './entity';
import { count, counted, percent } from './format';
import type { Incident } from './incidents';
import { date, dateTime } from './time';

/** How grave a severity is: 0 for Informational to 4 for Critical. */
export function gravity(severity: Severity): number {
  return severities.length - 1 - severities.indexOf(severity);
}

/** A piece of a sentence; text of the log is marked, for it must be isolated and its hidden characters shown. */
export interface Phrase {
  text: string;
  fromLog?: boolean;
}

/** The longest title that the verdict gives in full. */
const longestTitle = 140;

/** The longest template that the verdict gives in full. */
const longestTemplate = 90;

function cutTo(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/**
 * Whether anything of the log has come to the page. A pipeline of anomalies that finds none brings nothing along: the
 * log may have been long, and quiet.
 */
export function knowsLog(data: PageData): boolean {
  return data.summary.eventCount > 0 || data.ledger.entries.length > 0;
}

/** The sentence that the page opens with: what happened, how bad and where, and no more than the data says. */
export function verdict(data: PageData, incidents: readonly Incident[]): Phrase[] {
  const { eventCount } = data.summary;
  const { parsed, unparsed } = data.ledger;
  const worst = incidents[0];
  if (data.anomalyCount > 0 && worst !== undefined) {
    return attacked(data, incidents, worst);
  }

  if (data.anomalyCount > 0) {
    return [{ text: `${counted(data.anomalyCount, 'finding')}, none of which this page holds.` }];
  }

  if (!knowsLog(data)) {
    return [{ text: 'No findings came in; the log itself was not passed on to this page.' }];
  }

  if (eventCount === 0) {
    return [{ text: 'No events were read, so nothing can be said.' }];
  }

  if (parsed === 0 && unparsed > 0) {
    return [{ text: `No line was understood, so nothing can be said of ${counted(eventCount, 'event')}.` }];
  }

  return [{ text: quiet(data) }];
}

/** The verdict as plain text, for the title of the page and for tests. */
export function verdictText(data: PageData, incidents: readonly Incident[]): string {
  return verdict(data, incidents).map((phrase) => phrase.text).join('');
}

/** What is said of a log without findings; what was hidden or not read is said in the same breath. */
function quiet(data: PageData): string {
  const { ledger, summary, suppressed, heldBack } = data;
  const files = ledger.entries.length === 0 ? '' : ` of ${counted(ledger.entries.length, 'file')}`;
  const failed = ledger.entries.filter((entry) => entry.error !== undefined).length;
  const understood = ledger.unparsed === 0
    ? 'all lines were understood'
    : `${counted(ledger.unparsed, 'line was', 'lines were')} not understood`;
  const parts = [
    suppressed > 0 ? `${counted(suppressed, 'finding is', 'findings are')} hidden by suppressions` : '',
    heldBack > 0 ? `${counted(heldBack, 'finding was', 'findings were')} held back by the alert budget` : '',
    failed > 0 ? `${counted(failed, 'file was', 'files were')} not read to the end` : '',
    ledger.linesRead === 0 ? '' : understood,
  ].filter((part) => part !== '');
  const left = suppressed + heldBack > 0 ? 'Nothing unusual is left' : 'Nothing unusual';
  const end = parts.length === 0 ? '' : `; ${parts.join(', ')}`;
  return `${left} in ${counted(summary.eventCount, 'event')}${files}${period(data)}${end}.`;
}

/** `, 2026-01-05 to 2026-02-03`, `, 2026-01-05`, or nothing without times. */
function period(data: PageData): string {
  const { firstSeen, lastSeen } = data.summary;
  if (firstSeen === undefined || lastSeen === undefined) {
    return '';
  }

  const from = date(firstSeen);
  const to = date(lastSeen);
  return from === to ? `, ${from}` : `, ${from} to ${to}`;
}

/** The gravest incident, and how many there are besides. */
function attacked(data: PageData, incidents: readonly Incident[], worst: Incident): Phrase[] {
  const [first] = worst.findings;
  if (first === undefined) {
    return [];
  }

  return [
    { text: `${first.severity}: ` },
    { text: cutTo(first.title, longestTitle), fromLog: true },
    ...whereOf(worst, first),
    { text: whenOf(worst) },
    ...deedOf(data, worst, first),
    { text: besides(data, incidents, first.severity) },
  ];
}

/** Who it was and on which host, unless the title names them. */
function whereOf(incident: Incident, first: AnomalyData): Phrase[] {
  const phrases: Phrase[] = [];
  const named = (value: string): boolean => first.title.includes(value);
  const source = sourceOf(first);
  const user = userOf(first);
  const host = common(incident, (finding) => finding.host);
  if (isAboutTemplate(first) && first.template !== undefined && !named(first.template)) {
    phrases.push({ text: ': “' }, { text: cutTo(first.template, longestTemplate), fromLog: true }, { text: '”' });
  } else if (source !== undefined && !named(source)) {
    phrases.push({ text: ' from ' }, { text: source, fromLog: true });
  } else if (source === undefined && user !== undefined && !named(user)) {
    phrases.push({ text: ' by ' }, { text: user, fromLog: true });
  } else if (source === undefined && user === undefined && about(first) !== '' && !named(about(first))
    && about(first) !== host) {
    phrases.push({ text: ' about ' }, { text: about(first), fromLog: true });
  }

  if (host !== undefined && !named(host)) {
    phrases.push({ text: ' on ' }, { text: host, fromLog: true });
  }

  return phrases;
}

/** What all findings that tell it share; undefined where they differ. */
function common(incident: Incident, valueOf: (finding: AnomalyData) => string | undefined): string | undefined {
  const values = new Set(incident.findings.map(valueOf).filter((value) => value !== undefined));
  return values.size === 1 ? [...values][0] : undefined;
}

/** When it began and ended, to the minute. */
function whenOf(incident: Incident): string {
  const spans = incident.findings.map((finding) => ({ finding, span: spanOf(finding) }))
    .filter((entry): entry is { finding: AnomalyData; span: { from: number; to: number } } => entry.span !== undefined);
  const [one] = spans;
  if (one === undefined) {
    return '';
  }

  const first = spans.reduce((least, entry) => (entry.span.from < least.span.from ? entry : least), one);
  const last = spans.reduce((most, entry) => (entry.span.to > most.span.to ? entry : most), one);
  const from = dateTime(first.finding.time ?? '').slice(0, 16);
  const to = dateTime(last.finding.lastTime ?? last.finding.time ?? '').slice(0, 16);
  if (from === to) {
    return ` at ${from}`;
  }

  return from.slice(0, 10) === to.slice(0, 10) ? ` at ${from} to ${to.slice(11)}` : ` from ${from} to ${to}`;
}

/** What the source of an incident did: how many logins failed, and whether one was let in after that. */
function deedOf(data: PageData, incident: Incident, first: AnomalyData): Phrase[] {
  const name = sourceOf(first);
  const source = name === undefined ? undefined : data.sources.find((known) => known.name === name);
  if (source === undefined || source.failed === 0) {
    const events = eventsOf(incident.findings);
    return events > 1 ? [{ text: `, ${counted(events, 'event')}` }] : [];
  }

  return [{ text: `: ${counted(source.failed, 'login')} failed` }, ...letIn(source)];
}

function letIn(source: SourceData): Phrase[] {
  return source.acceptedUser === undefined
    ? []
    : [{ text: ', then it got in as ' }, { text: source.acceptedUser, fromLog: true }];
}

/** What there is besides the gravest incident. */
function besides(data: PageData, incidents: readonly Incident[], severity: Severity): string {
  const isGrave = gravity(severity) >= gravity('High');
  const floor: Severity = isGrave ? 'High' : 'Informational';
  const others = incidents.slice(1)
    .filter((incident) => gravity(incident.findings[0]?.severity ?? 'Informational') >= gravity(floor)).length;
  const below = data.severities
    .filter((entry) => gravity(entry.name as Severity) < gravity(floor))
    .reduce((sum, entry) => sum + entry.count, 0);
  // Those that the page does not hold may be incidents of their own.
  const least = data.anomalyCount > data.anomalies.length && below === 0 ? 'at least ' : '';
  const parts = [
    others > 0 ? `${least}${count(others)} more ${others === 1 ? 'incident' : 'incidents'}${isGrave
      ? ' of High or above' : ''}` : '',
    below > 0 ? `${counted(below, 'finding')} below High` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '.' : `; ${parts.join(', ')}.`;
}

/** What a reader must know before trusting the verdict, in sentences; each may point at a section. */
export interface Caution {
  text: string;
  section?: string;
  label?: string;
}

/** Reasons to trust the verdict less. */
export function cautions(data: PageData): Caution[] {
  const { linesRead, unparsed, entries } = data.ledger;
  const found: Caution[] = [];
  const failed = entries.filter((entry) => entry.error !== undefined).length;
  if (failed > 0) {
    found.push({
      text: `${counted(failed, 'file was', 'files were')} not read to the end.`, section: 'ledger', label: 'See why',
    });
  }

  if (linesRead > 0 && unparsed / linesRead >= 0.1) {
    found.push({
      text: data.ledger.parsed === 0
        ? 'No line fits a format that was tried. Naming the format, or giving a pattern, lets lines be understood.'
        : `${percent(unparsed / linesRead)} of the lines were not understood, so the verdict says little about them.`,
      section: 'ledger',
      label: 'See which',
    });
  }

  return found;
}

/** What the page leaves out of what was found, in sentences; empty where it holds all. */
export function cuts(data: PageData): string[] {
  const { anomalies, anomalyCount, lines, summary } = data;
  const kept = lines.line.length;
  return [
    anomalyCount > anomalies.length
      ? `The page holds the ${count(anomalies.length)} highest scores of ${counted(anomalyCount, 'finding')}.`
      : '',
    summary.eventCount > 0 && kept > 0 && kept < summary.eventCount
      ? `The page keeps ${count(kept)} log lines as samples; counts are of all ${counted(summary.eventCount, 'event')}.`
      : '',
  ].filter((sentence) => sentence !== '');
}
