/** What a user agent is. */
export type AgentKind = 'Browser' | 'Bot' | 'Tool' | 'Other';

/** A group of user agents that a reader would call by one name. */
export interface AgentFamily {
  name: string;
  kind: AgentKind;
}

/** Standard names of status codes (RFC 9110 and the registry of IANA), and a few of well-known servers. */
const statusNames: Readonly<Record<string, string>> = {
  100: 'Continue', 101: 'Switching Protocols', 102: 'Processing', 103: 'Early Hints',
  200: 'OK', 201: 'Created', 202: 'Accepted', 203: 'Non-Authoritative Information', 204: 'No Content',
  205: 'Reset Content', 206: 'Partial Content', 207: 'Multi-Status', 208: 'Already Reported', 226: 'IM Used',
  300: 'Multiple Choices', 301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 304: 'Not Modified',
  305: 'Use Proxy', 307: 'Temporary Redirect', 308: 'Permanent Redirect',
  400: 'Bad Request', 401: 'Unauthorized', 402: 'Payment Required', 403: 'Forbidden', 404: 'Not Found',
  405: 'Method Not Allowed', 406: 'Not Acceptable', 407: 'Proxy Authentication Required', 408: 'Request Timeout',
  409: 'Conflict', 410: 'Gone', 411: 'Length Required', 412: 'Precondition Failed', 413: 'Content Too Large',
  414: 'URI Too Long', 415: 'Unsupported Media Type', 416: 'Range Not Satisfiable', 417: 'Expectation Failed',
  421: 'Misdirected Request', 422: 'Unprocessable Content', 423: 'Locked', 424: 'Failed Dependency', 425: 'Too Early',
  426: 'Upgrade Required', 428: 'Precondition Required', 429: 'Too Many Requests',
  431: 'Request Header Fields Too Large', 444: 'No Response (nginx)', 451: 'Unavailable For Legal Reasons',
  494: 'Request Header Too Large (nginx)', 495: 'TLS Certificate Error (nginx)',
  496: 'TLS Certificate Required (nginx)', 497: 'HTTP Request Sent to TLS Port (nginx)',
  499: 'Client Closed Request (nginx)',
  500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway', 503: 'Service Unavailable',
  504: 'Gateway Timeout', 505: 'HTTP Version Not Supported', 506: 'Variant Also Negotiates',
  507: 'Insufficient Storage', 508: 'Loop Detected', 511: 'Network Authentication Required',
};

/** The name of a status code; empty for one that has none. */
export function statusName(code: string): string {
  return statusNames[code] ?? '';
}

/** The class of a status code, 1 to 5; 0 for anything else. */
export function statusClass(code: string): number {
  return /^[1-5]\d\d$/.test(code) ? Number(code[0]) : 0;
}

// Asked in order: nearly every agent calls itself Mozilla, bots name browsers, and browsers name each other.
const families: readonly (readonly [RegExp, string, AgentKind])[] = [
  [/googlebot|google-inspectiontool|adsbot-google|mediapartners-google|googleother/i, 'Googlebot', 'Bot'],
  [/bingbot|adidxbot|bingpreview/i, 'Bingbot', 'Bot'],
  [/gptbot|oai-searchbot|chatgpt-user/i, 'OpenAI', 'Bot'],
  [/claudebot|claude-web|anthropic-ai/i, 'ClaudeBot', 'Bot'],
  [/yandex(?:bot|images|mobile)/i, 'YandexBot', 'Bot'],
  [/baiduspider/i, 'Baiduspider', 'Bot'],
  [/applebot/i, 'Applebot', 'Bot'],
  [/facebookexternalhit|meta-externalagent/i, 'Meta', 'Bot'],
  [/ahrefsbot/i, 'AhrefsBot', 'Bot'],
  [/semrushbot/i, 'SemrushBot', 'Bot'],
  [/petalbot/i, 'PetalBot', 'Bot'],
  [/bytespider/i, 'Bytespider', 'Bot'],
  [/amazonbot/i, 'Amazonbot', 'Bot'],
  [/uptimerobot|pingdom|statuscake|site24x7|nagios|check_http|zabbix|kube-probe|elb-healthchecker|googlehc/i,
    'Monitoring', 'Bot'],
  [/sqlmap|nikto|nmap|masscan|zgrab|nuclei|gobuster|dirbuster|feroxbuster|wpscan|acunetix|nessus|openvas|zmeu|jorgee/i,
    'Scanners', 'Tool'],
  [/censys|shodan|internet-?measurement|expanse|paloaltonetworks|netcraft|leakix/i, 'Internet surveys', 'Bot'],
  [/bot\b|bot\/|crawl|spider|slurp|archiver|scrapy|feedfetcher|feedly|fetcher|preview/i, 'Other bots', 'Bot'],
  [/^curl\//i, 'curl', 'Tool'],
  [/^wget/i, 'Wget', 'Tool'],
  [/windowspowershell|powershell\//i, 'PowerShell', 'Tool'],
  [/python|aiohttp|httpx/i, 'Python', 'Tool'],
  [/^go-http-client|^fasthttp/i, 'Go', 'Tool'],
  [/^java\/|okhttp|apache-httpclient|jersey/i, 'Java', 'Tool'],
  [/^node|axios|undici|got \(/i, 'Node.js', 'Tool'],
  [/^ruby|faraday/i, 'Ruby', 'Tool'],
  [/^php|guzzle/i, 'PHP', 'Tool'],
  [/libwww-perl|^lwp/i, 'Perl', 'Tool'],
  [/postmanruntime|insomnia/i, 'API clients', 'Tool'],
  [/^git\/|docker\/|containerd|apt-http|^dnf|^yum|^pip\//i, 'Package and code tools', 'Tool'],
  [/internal dummy connection/i, 'Apache itself', 'Tool'],
  [/edga?\/|edge\/|edgios\//i, 'Edge', 'Browser'],
  [/opr\/|opera/i, 'Opera', 'Browser'],
  [/samsungbrowser/i, 'Samsung Internet', 'Browser'],
  [/firefox\/|fxios\//i, 'Firefox', 'Browser'],
  [/msie |trident\//i, 'Internet Explorer', 'Browser'],
  [/chrome\/|chromium\/|crios\//i, 'Chrome and kin', 'Browser'],
  [/version\/[\d.]+.*safari\//i, 'Safari', 'Browser'],
];

/** The family of a user agent. Agents say of themselves what they like, so this is a name, not a proof. */
export function agentFamily(agent: string): AgentFamily {
  const [, name, kind] = families.find(([pattern]) => pattern.test(agent)) ?? [undefined, 'Other', 'Other' as const];
  return { name, kind };
}
