import { describe, expect, it } from 'vitest';
import { commandsOf } from '../src/commands';
import type { AnomalyData, LedgerEntryData } from '../src/data';
import { markedText, wordsOfFinding } from '../src/marked';
import { anomaly, without } from './sample';

const file: LedgerEntryData = {
  path: '/var/log/auth.log', format: 'auth', linesRead: 1, parsed: 1, unparsed: 0, skipped: 0, filtered: 0,
  truncated: 0, bytes: 1, shapes: [],
};

function of(said: Partial<AnomalyData>, path = '/var/log/auth.log'): ReturnType<typeof commandsOf> {
  const rest = without(anomaly({ evidence: [{ path, line: 1, raw: '' }], ...said }), 'time');
  return commandsOf({ ...rest, ...(said.time === undefined ? {} : { time: said.time }) }, [file]);
}

describe('the command for the lines of a finding', () => {
  it('names the file, whom it is about and its time', () => {
    expect(of({ source: '203.0.113.7', user: 'root', time: '2026-01-05T08:00:00.500+01:00' })).toEqual({
      powershell: 'Get-AuthLog \'/var/log/auth.log\' -SourceIP \'203.0.113.7\' -After \'2026-01-05T08:00:00+01:00\''
        + ' -Before \'2026-01-05T08:00:01+01:00\' | ForEach-Object Raw',
      shell: 'loganomaly parse \'/var/log/auth.log\' --source-ip \'203.0.113.7\' --after \'2026-01-05T08:00:00+01:00\''
        + ' --before \'2026-01-05T08:00:01+01:00\'',
    });
  });

  it('takes the cmdlet for any file where the format is not known', () => {
    expect(of({}, '/tmp/x.log')?.powershell).toBe('Get-LogEvent \'/tmp/x.log\' | ForEach-Object Raw');
  });

  it.each([
    ['o\'hara', '\'o\'\'hara\'', '\'o\'\\\'\'hara\''],
    ['$(reboot) `id` "x"', '\'$(reboot) `id` "x"\'', '\'$(reboot) `id` "x"\''],
    ['a\u2019; reboot', '\'a\u2019\u2019; reboot\'', '\'a\u2019; reboot\''],
    ['a\nreboot', '(\'a\' + [char]0x000a + \'reboot\')', '$\'a\\012reboot\''],
    ['\u001b\'\\', '(\'\' + [char]0x001b + \'\'\'\\\')', '$\'\\033\\\'\\\\\''],
    ['\u202e', '(\'\' + [char]0x202e)', '$\'\\342\\200\\256\''],
  ])('quotes hostile values, so that they stay values: %j', (user, powershell, shell) => {
    expect(of({ user })?.powershell)
      .toBe(`Get-AuthLog '/var/log/auth.log' -UserName ${powershell} | ForEach-Object Raw`);
    expect(of({ user })?.shell).toBe(`loganomaly parse '/var/log/auth.log' --user-name ${shell}`);
  });

  it('lets no value or path pass for an option', () => {
    expect(of({ user: '--json' })?.shell).toBe('loganomaly parse \'/var/log/auth.log\' --user-name=\'--json\'');
    expect(of({}, '-x.log')?.shell).toBe('loganomaly parse \'./-x.log\'');
    expect(of({}, '@x.log')?.shell).toBe('loganomaly parse \'./@x.log\'');
    expect(of({}, 'a[1].log')?.powershell).toBe('Get-LogEvent -LiteralPath \'a[1].log\' | ForEach-Object Raw');
  });

  it('looks for a host name in the line, and is not made without a file', () => {
    expect(of({ entityType: 'SourceHost', entity: 'evil.example' })?.shell).toContain('--match \'evil.example\'');
    expect(of({ evidence: [] })).toBeUndefined();
  });
});

describe('words in a raw line', () => {
  const marks = (raw: string, words: string[]): (string | null)[] => (
    [...markedText(raw, words, 'whole').querySelectorAll('mark')].map((mark) => mark.textContent));

  it('are marked whole only, in any case', () => {
    expect(marks('Root chroot root_x root: 1.2.3.4 1.2.3.45', ['root', '1.2.3.4']))
      .toEqual(['Root', 'root', '1.2.3.4']);
  });

  it('are text, whatever they hold', () => {
    const holder = markedText('user <img src=x> (.*) \u001b', ['<img src=x>', '(.*)', '\u001b'], 'whole');
    expect(holder.textContent).toBe('user <img src=x> (.*) \\x1b');
    expect(holder.querySelector('img')).toBeNull();
    expect(marks('a (.*) b', ['(.*)'])).toEqual(['(.*)']);
  });

  it('are those that the finding is about and the values it observed, without how often', () => {
    const reasons = anomaly().reasons.map((reason) => ({ ...reason, observed: 'deploy (4)' }));
    expect(wordsOfFinding(anomaly({ entity: '203.0.113.7', source: '203.0.113.7', user: 'x', reasons })))
      .toEqual(['203.0.113.7', 'deploy']);
  });
});
