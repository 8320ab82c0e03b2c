/**
 * What may stand in a TAGS line. TAGS (Traffic Analysis by Geography and Subject) are the Department
 * of State's own; 5 FAH-3 of the Foreign Affairs Handbook (TAGS/Terms) lists them.
 *
 * Source: written by hand from that handbook's scheme and from the TAGS lines of the public cables,
 * old forms and frequent misprints included. The tables tell where run-together tags come apart; a
 * tag that is not listed is kept as it is printed.
 */

/** Two letters → the country, as the posts' table names it; null for an area. */
export const GEOGRAPHY: Readonly<Record<string, string | null>> = {
  AC: 'Antigua and Barbuda',
  AE: 'United Arab Emirates',
  AF: 'Afghanistan',
  AG: 'Algeria',
  AJ: 'Azerbaijan',
  AL: 'Albania',
  AM: 'Armenia',
  AO: 'Angola',
  AR: 'Argentina',
  AS: 'Australia',
  AU: 'Austria',
  BA: 'Bahrain',
  BB: 'Barbados',
  BC: 'Botswana',
  BD: 'Bermuda',
  BE: 'Belgium',
  BF: 'Bahamas',
  BG: 'Bangladesh',
  BH: 'Belize',
  BK: 'Bosnia and Herzegovina',
  BL: 'Bolivia',
  BM: 'Burma',
  BN: 'Benin',
  BO: 'Belarus',
  BP: 'Solomon Islands',
  BR: 'Brazil',
  BT: 'Bhutan',
  BU: 'Bulgaria',
  BX: 'Brunei',
  BY: 'Burundi',
  CA: 'Canada',
  CB: 'Cambodia',
  CD: 'Chad',
  CE: 'Sri Lanka',
  CF: 'Republic of the Congo',
  CG: 'Democratic Republic of the Congo',
  CH: 'China',
  CI: 'Chile',
  CM: 'Cameroon',
  CN: 'Comoros',
  CO: 'Colombia',
  CS: 'Costa Rica',
  CT: 'Central African Republic',
  CU: 'Cuba',
  CV: 'Cape Verde',
  CY: 'Cyprus',
  DA: 'Denmark',
  DJ: 'Djibouti',
  DO: 'Dominica',
  DR: 'Dominican Republic',
  EC: 'Ecuador',
  EG: 'Egypt',
  EI: 'Ireland',
  EK: 'Equatorial Guinea',
  EN: 'Estonia',
  ER: 'Eritrea',
  ES: 'El Salvador',
  ET: 'Ethiopia',
  EU: null,
  EZ: 'Czech Republic',
  FI: 'Finland',
  FJ: 'Fiji',
  FM: 'Micronesia',
  FP: 'French Polynesia',
  FR: 'France',
  GA: 'Gambia',
  GB: 'Gabon',
  GG: 'Georgia',
  GH: 'Ghana',
  GI: 'Gibraltar',
  GJ: 'Grenada',
  GL: 'Greenland',
  GM: 'Germany',
  GR: 'Greece',
  GT: 'Guatemala',
  GV: 'Guinea',
  GY: 'Guyana',
  HA: 'Haiti',
  HK: 'Hong Kong',
  HO: 'Honduras',
  HR: 'Croatia',
  HU: 'Hungary',
  IC: 'Iceland',
  ID: 'Indonesia',
  IN: 'India',
  IR: 'Iran',
  IS: 'Israel',
  IT: 'Italy',
  IV: 'Ivory Coast',
  IZ: 'Iraq',
  JA: 'Japan',
  JM: 'Jamaica',
  JO: 'Jordan',
  KE: 'Kenya',
  KG: 'Kyrgyzstan',
  KN: 'North Korea',
  KR: 'Kiribati',
  KS: 'South Korea',
  KU: 'Kuwait',
  KV: 'Kosovo',
  KZ: 'Kazakhstan',
  LA: 'Laos',
  LE: 'Lebanon',
  LG: 'Latvia',
  LH: 'Lithuania',
  LI: 'Liberia',
  LO: 'Slovakia',
  LS: 'Liechtenstein',
  LT: 'Lesotho',
  LU: 'Luxembourg',
  LY: 'Libya',
  MA: 'Madagascar',
  MC: 'Macau',
  MD: 'Moldova',
  MG: 'Mongolia',
  MI: 'Malawi',
  MK: 'Macedonia',
  ML: 'Mali',
  MN: 'Monaco',
  MO: 'Morocco',
  MP: 'Mauritius',
  MR: 'Mauritania',
  MT: 'Malta',
  MU: 'Oman',
  MV: 'Maldives',
  MW: 'Montenegro',
  MX: 'Mexico',
  MY: 'Malaysia',
  MZ: 'Mozambique',
  NC: 'New Caledonia',
  NG: 'Niger',
  NH: 'Vanuatu',
  NI: 'Nigeria',
  NL: 'Netherlands',
  NO: 'Norway',
  NP: 'Nepal',
  NR: 'Nauru',
  NS: 'Suriname',
  NU: 'Nicaragua',
  NZ: 'New Zealand',
  PA: 'Paraguay',
  PE: 'Peru',
  PK: 'Pakistan',
  PL: 'Poland',
  PM: 'Panama',
  PO: 'Portugal',
  PP: 'Papua New Guinea',
  PS: 'Palau',
  PU: 'Guinea-Bissau',
  QA: 'Qatar',
  RI: 'Serbia',
  RM: 'Marshall Islands',
  RO: 'Romania',
  RP: 'Philippines',
  RS: 'Russia',
  RW: 'Rwanda',
  SA: 'Saudi Arabia',
  SE: 'Seychelles',
  SF: 'South Africa',
  SG: 'Senegal',
  SI: 'Slovenia',
  SL: 'Sierra Leone',
  SM: 'San Marino',
  SN: 'Singapore',
  SO: 'Somalia',
  SP: 'Spain',
  SR: 'Serbia',
  SU: 'Sudan',
  SW: 'Sweden',
  SY: 'Syria',
  SZ: 'Switzerland',
  TC: 'United Arab Emirates',
  TD: 'Trinidad and Tobago',
  TH: 'Thailand',
  TI: 'Tajikistan',
  TN: 'Tonga',
  TO: 'Togo',
  TP: 'Sao Tome and Principe',
  TS: 'Tunisia',
  TT: 'East Timor',
  TU: 'Turkey',
  TV: 'Tuvalu',
  TW: 'Taiwan',
  TX: 'Turkmenistan',
  TZ: 'Tanzania',
  UG: 'Uganda',
  UK: 'United Kingdom',
  UP: 'Ukraine',
  US: 'United States',
  UV: 'Burkina Faso',
  UY: 'Uruguay',
  UZ: 'Uzbekistan',
  VC: 'Saint Vincent and the Grenadines',
  VE: 'Venezuela',
  VM: 'Vietnam',
  VT: 'Vatican City',
  WA: 'Namibia',
  WS: 'Samoa',
  WZ: 'Swaziland',
  XA: null,
  XB: null,
  XC: null,
  XD: null,
  XE: null,
  XF: null,
  XG: null,
  XH: null,
  XI: null,
  XK: null,
  XL: null,
  XM: null,
  XR: null,
  XT: null,
  XU: null,
  XW: null,
  XX: null,
  XY: null,
  XZ: null,
  YI: 'Serbia',
  YM: 'Yemen',
  ZA: 'Zambia',
  ZB: null,
  ZF: null,
  ZI: 'Zimbabwe',
  ZJ: null,
  ZK: null,
  ZL: null,
  ZM: null,
  ZO: null,
  ZP: null,
  ZR: null,
  ZU: null,
};

/** Subject and program TAGS, four letters as a rule, and organisations. */
const SUBJECTS = `
AADP ABLD ABUD ACOA ADCO ADPM AEMR AFIN AFSI AFSN AGAO AINF AINR ALOW AMED AMGT AMTC AODE AORC AORL
APCS APER ASCH ASEC ASIG ASUP ATRN AVERY BBSR BEXP BLIB BMGT BTIO BTRA CACS CADP CASC CGEN CJAN CKGR
CLOK CMGT CPAS CTRD CVIS EAGR EAID EAIR ECIN ECON ECPS ECUN EFIN EFIS EIND EINT EINV ELAB ELTN EMIN
ENRG ENVR EPET EPOW EREL ETRA ETRD ETTC EWWT INRB IPR IRAJ MAPP MARR MASC MASS MCAP MEPP MNUC MOPS
MPOS MUCN OCII OCON ODIP OEXC OFDP OGEN OIIP OPDC OPET OPIC OPRC OREP OSAC OSCI OTRA OVIP PARM PBIO
PBTS PDEM PEPR PFOR PGOV PHSA PHUM PINF PINL PINR PINS PINT PLOS PNAT PORG PREF PREL PROP PTER PUNE
SCUL SENV SMIG SNAR SOCI SPCE SWEL TAGS TBIO TECH TFIN TINT TIP TNUC TPHY TRGY TRSE TSPA TSPL
KACT KAPO KAWC KAWK KBCT KBIO KBTR KBTS KCFC KCFE KCHG KCIP KCOM KCOR KCRM KCRS KCSY KCUL KDEM KDRG
KECF KESS KFIN KFLO KFLU KFPC KFRD KFSC KGCC KGHG KGIC KGIT KHDP KHIV KHLS KHSA KHUM KICA KICC KIDE
KIFR KIMT KIPR KIRC KIRF KISL KJUS KJRE KKIV KLAB KLAP KLIG KMCA KMDR KMFO KMIG KMPI KMRS KMSG KNAR
KNEI KNNP KNPP KNSD KNUC KOCI KOLY KOMC KOMH KOMS KORE KPAI KPAL KPAO KPIN KPIR KPKO KPLS KPOA KPOL
KPOW KPRP KPRV KPWR KRAD KRCM KREC KREL KRFD KRGY KRIF KRVC KSAC KSCA KSCI KSEO KSEP KSOC KSPA KSPR
KSTC KSTH KSTT KSUM KTBT KTER KTEX KTFN KTIA KTIP KTLA KTRD KUNC KUNR KUNU KVIR KVPR KVRP KWAC KWBG
KWIC KWIR KWMM KWMN KWNM KWPR KWWT
APEC APECO ARF ASEAN AU BIS BTWC CARICOM CBW CDC CFE CIA CITES COE CTBT CWC EBRD EEC EUC EUN FAA FAO
FARC FBI FTAA GATT GCC GOI IAEA IBRD ICAO ICJ ICRC ICTR ICTY IDB IEA IFAD ILO IMF IMO INTELSAT
INTERPOL IOM ITU IWC LAB MCC MTCR MTCRE NAFTA NATO NEA NPT NSF NSG OAS OAU OECD OIC OPCW OPEC OSCE
PFP PLO POL PSOE SADC UNAUS UNCHR UNCTAD UNDC UNDP UNEP UNESCO UNFPA UNGA UNHCR UNHRC UNICEF UNIDO
UNMIK UNO UNSC USAID USEU USOAS USTR USUN WCO WEU WFP WHA WHO WIPO WMO WTO WTRO ZANU-PF MIL
`;

/** Words that stand together, from the TAGS lines of the data; the vectors that show them behind. */
const TERMS = [
  'CONSULAR AFFAIRS', // 12958 … PM NOVO GUILLERMO … CONSULAR AFFAIRS
  'COUNTER TERRORISM',
  'COUNTRY CLEARANCE',
  'DOMESTIC POLITICS',
  'ECONOMY AND FINANCE',
  'EXTERNAL RELATIONS',
  'FOREIGN POL',
  'FOREIGN POLICY',
  'GAZA DISENGAGEMENT',
  'HUMAN RIGHTS',
  'INTERNAL POLITICS',
  'IRAQI FREEDOM',
  'ISRAELI PALESTINIAN AFFAIRS',
  'ITALIAN POLITICS',
  'ITALY NATIONAL ELECTIONS',
  'MEDIA REACTION',
  'MEDIA REACTION REPORT',
  'MEETINGS WITH AMBASSADOR',
  'MILITARY RELATIONS',
  'NATIONAL ELECTIONS',
  'NEW ZEALAND',
  'POLITICAL PARTIES',
  'POLITICS FOREIGN POLICY',
  'PUBLIC AFFAIRS',
  'TIP IN TURKEY',
] as const;

export const KNOWN_TAGS: ReadonlySet<string> = new Set([
  ...SUBJECTS.trim().split(/\s+/),
  ...Object.keys(GEOGRAPHY),
]);

/** Terms of several words, longest first. */
export const KNOWN_TERMS: readonly (readonly string[])[] = TERMS.map((term) =>
  term.split(' '),
).sort((a, b) => b.length - a.length);

/**
 * TAGS that stand with a person's name, as the Department told its posts (74STATE150591, in the
 * National Archives' telegrams): what follows one is surname and given name.
 */
export const TAGS_WITH_NAME: ReadonlySet<string> = new Set([
  'OCON',
  'OEXC',
  'OREP',
  'OTRA',
  'OVIP',
]);

/**
 * Given names that tell a person where no such tag stands before: `ROOD JOHN CROS GERARD`. The
 * frequent ones of officials in the cables.
 */
export const GIVEN_NAMES: ReadonlySet<string> = new Set(
  `ABDULLAH ADAM AHMED ALAN ALBERT ALBERTO ALEXANDER ALI ANDREW ANGELA ANNE ANTHONY ANTONIO BARACK
BARRY BEN BENJAMIN BERNARD BILL BRIAN CARLOS CAROL CHARLES CHRISTOPHER COLIN CONDOLEEZZA CONNIE CYRUS
DANIEL DAVID DENNIS DIANA DICK DONALD DOUGLAS EDUARDO EDWARD ELIZABETH ERIC ERNESTO FELIPE FERNANDO
FRANCIS FRANCISCO FRANK FRED GARY GASPAR GEOFFREY GEORGE GERALD GERARD GORDON GREGORY GUILLERMO HANS
HAROLD HELEN HENRY HILLARY HUGO IVAN JACK JACOB JAMES JANE JAVIER JEAN JEFFREY JENNIFER JERRY JESSE
JIM JIMMY JOAN JOE JOHN JORGE JOSE JOSEPH JUAN JUDITH JULIA KAREN KARL KEITH KENNETH KEVIN KOFI
LAURA LAWRENCE LEE LEON LINDA LOUIS LUIS MADELEINE MANUEL MARC MARGARET MARIA MARIO MARK MARTIN MARY
MATTHEW MICHAEL MIGUEL MOHAMMED NANCY NICHOLAS NICOLAS OSCAR PABLO PATRICIA PATRICK PAUL PAULA PEDRO
PETER PHILIP PHILLIP RAFAEL RALPH RAUL RAYMOND RICARDO RICHARD ROBERT ROBERTO ROGER RONALD RUSSELL
SAMUEL SANDRA SARAH SCOTT SERGEI SERGIO SHARON SILVIO STEPHEN STEVEN STUART SUSAN THEODORE THOMAS
TIMOTHY TOM TONY VICTOR VLADIMIR WALTER WENDY WILLIAM ZBIGNIEW`.split(/\s+/),
);
