import { Locale, type LocalizationMap } from 'discord.js';

/** A name or a description in other languages. */
interface Words {
  readonly de: string;
  readonly es: string;
  readonly fr: string;
  readonly pt: string;
}

/** Names of commands and of their options: those of slash commands are one small word. */
const NAMES: Readonly<Record<string, Words>> = {
  ask: { de: 'fragen', es: 'preguntar', fr: 'demander', pt: 'perguntar' },
  cable: { de: 'depesche', es: 'cable', fr: 'câble', pt: 'telegrama' },
  quote: { de: 'zitieren', es: 'citar', fr: 'citer', pt: 'citar' },
  search: { de: 'suchen', es: 'buscar', fr: 'chercher', pt: 'buscar' },
  related: { de: 'verwandt', es: 'relacionados', fr: 'voisins', pt: 'relacionados' },
  refs: { de: 'verweise', es: 'referencias', fr: 'références', pt: 'referências' },
  help: { de: 'hilfe', es: 'ayuda', fr: 'aide', pt: 'ajuda' },
  stats: { de: 'statistik', es: 'estadísticas', fr: 'statistiques', pt: 'estatísticas' },
  preferences: { de: 'vorlieben', es: 'preferencias', fr: 'préférences', pt: 'preferências' },
  settings: { de: 'einstellungen', es: 'ajustes', fr: 'réglages', pt: 'configurações' },
  verify: { de: 'prüfen', es: 'verificar', fr: 'vérifier', pt: 'verificar' },
  dossier: { de: 'dossier', es: 'dosier', fr: 'dossier', pt: 'dossiê' },
  whose: { de: 'wessen', es: 'cual', fr: 'lequel', pt: 'qual' },
  note: { de: 'notiz', es: 'nota', fr: 'note', pt: 'nota' },
  form: { de: 'form', es: 'formato', fr: 'format', pt: 'formato' },
  show: { de: 'zeigen', es: 'mostrar', fr: 'montrer', pt: 'mostrar' },
  add: { de: 'hinzufügen', es: 'añadir', fr: 'ajouter', pt: 'adicionar' },
  export: { de: 'ausgeben', es: 'exportar', fr: 'exporter', pt: 'exportar' },
  delete: { de: 'löschen', es: 'borrar', fr: 'supprimer', pt: 'apagar' },
  check: { de: 'zitatprüfung', es: 'comprobar', fr: 'contrôler', pt: 'conferir' },
  text: { de: 'text', es: 'texto', fr: 'texte', pt: 'texto' },
  document: { de: 'dokument', es: 'documento', fr: 'document', pt: 'documento' },
  receipt: { de: 'beleg', es: 'recibo', fr: 'reçu', pt: 'recibo' },
  question: { de: 'frage', es: 'pregunta', fr: 'question', pt: 'pergunta' },
  origin: { de: 'herkunft', es: 'origen', fr: 'origine', pt: 'origem' },
  from: { de: 'von', es: 'desde', fr: 'depuis', pt: 'desde' },
  to: { de: 'bis', es: 'hasta', fr: 'jusque', pt: 'até' },
  tag: { de: 'tag', es: 'etiqueta', fr: 'tag', pt: 'tag' },
  mark: { de: 'vermerk', es: 'marca', fr: 'mention', pt: 'marca' },
  private: { de: 'privat', es: 'privado', fr: 'privé', pt: 'privado' },
  id: { de: 'kennung', es: 'id', fr: 'id', pt: 'id' },
  paragraph: { de: 'absatz', es: 'párrafo', fr: 'paragraphe', pt: 'parágrafo' },
  paragraphs: { de: 'absätze', es: 'párrafos', fr: 'paragraphes', pt: 'parágrafos' },
  style: { de: 'stil', es: 'estilo', fr: 'style', pt: 'estilo' },
  words: { de: 'wörter', es: 'palabras', fr: 'mots', pt: 'palavras' },
  'Ask the cables about this': {
    de: 'Die Depeschen dazu fragen',
    es: 'Preguntar a los cables',
    fr: 'Interroger les câbles',
    pt: 'Perguntar aos telegramas',
  },
  'Find this quote': {
    de: 'Dieses Zitat finden',
    es: 'Encontrar esta cita',
    fr: 'Trouver cette citation',
    pt: 'Encontrar esta citação',
  },
  'Check quotes': {
    de: 'Zitate prüfen',
    es: 'Comprobar citas',
    fr: 'Contrôler les citations',
    pt: 'Conferir citações',
  },
  'Quote what this cites': {
    de: 'Zitieren, was hier genannt ist',
    es: 'Citar lo que menciona',
    fr: 'Citer ce qui est mentionné',
    pt: 'Citar o que é mencionado',
  },
};

const DESCRIPTIONS: Readonly<Record<string, Words>> = {
  'Ask the cables: the paragraphs that answer are quoted': {
    de: 'Die Depeschen fragen: zitiert werden die Absätze, die antworten',
    es: 'Preguntar a los cables: se citan los párrafos que responden',
    fr: 'Interroger les câbles : les paragraphes qui répondent sont cités',
    pt: 'Perguntar aos telegramas: são citados os parágrafos que respondem',
  },
  'In plain English': {
    de: 'In einfachem Englisch',
    es: 'En inglés sencillo',
    fr: 'En anglais simple',
    pt: 'Em inglês simples',
  },
  'Only cables from a post, a city or a country: Madrid, Embassy Paris, Spain': {
    de: 'Nur Depeschen aus einer Vertretung, einer Stadt, einem Land: Madrid, Embassy Paris, Spain',
    es: 'Solo cables de una sede, una ciudad o un país: Madrid, Embassy Paris, Spain',
    fr: 'Seulement les câbles d’un poste, d’une ville, d’un pays : Madrid, Embassy Paris, Spain',
    pt: 'Só telegramas de um posto, uma cidade ou um país: Madrid, Embassy Paris, Spain',
  },
  'Only cables since a day, a month or a year: 2007, 2007-03, 2007-03-14': {
    de: 'Nur Depeschen seit einem Tag, Monat oder Jahr: 2007, 2007-03, 2007-03-14',
    es: 'Solo cables desde un día, un mes o un año: 2007, 2007-03, 2007-03-14',
    fr: 'Seulement depuis un jour, un mois, une année : 2007, 2007-03, 2007-03-14',
    pt: 'Só telegramas desde um dia, mês ou ano: 2007, 2007-03, 2007-03-14',
  },
  'Only cables until a day, a month or a year': {
    de: 'Nur Depeschen bis zu einem Tag, Monat oder Jahr',
    es: 'Solo cables hasta un día, un mes o un año',
    fr: 'Seulement jusqu’à un jour, un mois, une année',
    pt: 'Só telegramas até um dia, mês ou ano',
  },
  'Only cables with a TAGS entry: PREL': {
    de: 'Nur Depeschen mit einem TAGS-Eintrag: PREL',
    es: 'Solo cables con una entrada de TAGS: PREL',
    fr: 'Seulement les câbles avec une entrée de TAGS : PREL',
    pt: 'Só telegramas com uma entrada de TAGS: PREL',
  },
  'Only paragraphs marked so: S, C/NF, "S without NF"': {
    de: 'Nur Absätze mit diesem Vermerk: S, C/NF, "S without NF"',
    es: 'Solo párrafos con esta marca: S, C/NF, "S without NF"',
    fr: 'Seulement les paragraphes ainsi marqués : S, C/NF, "S without NF"',
    pt: 'Só parágrafos com esta marca: S, C/NF, "S without NF"',
  },
  'Collect quotes with notes, and hand them out with a bibliography': {
    de: 'Zitate mit Notizen sammeln und mit Literaturliste ausgeben',
    es: 'Reunir citas con notas y exportarlas con bibliografía',
    fr: 'Réunir des citations annotées et les exporter avec une bibliographie',
    pt: 'Reunir citações com notas e exportá-las com bibliografia',
  },
  'Your own, that nobody else sees, or this channel’s': {
    de: 'Dein eigenes, das niemand sonst sieht, oder das dieses Kanals',
    es: 'El tuyo, que nadie más ve, o el de este canal',
    fr: 'Le vôtre, que nul autre ne voit, ou celui de ce salon',
    pt: 'O seu, que ninguém mais vê, ou o deste canal',
  },
  'Its quotes: note, order, remove': {
    de: 'Seine Zitate: notieren, ordnen, entfernen',
    es: 'Sus citas: anotar, ordenar, quitar',
    fr: 'Ses citations : annoter, ordonner, retirer',
    pt: 'As suas citações: anotar, ordenar, remover',
  },
  'Add paragraphs of a cable': {
    de: 'Absätze einer Depesche hinzufügen',
    es: 'Añadir párrafos de un cable',
    fr: 'Ajouter des paragraphes d’un câble',
    pt: 'Adicionar parágrafos de um telegrama',
  },
  'What they are for': {
    de: 'Wozu sie dienen',
    es: 'Para qué son',
    fr: 'À quoi ils servent',
    pt: 'Para que servem',
  },
  'As a file, with a bibliography and receipts': {
    de: 'Als Datei, mit Literaturliste und Belegen',
    es: 'Como archivo, con bibliografía y recibos',
    fr: 'En fichier, avec bibliographie et reçus',
    pt: 'Como ficheiro, com bibliografia e recibos',
  },
  'Markdown, Word, plain text or CSL-JSON': {
    de: 'Markdown, Word, reiner Text oder CSL-JSON',
    es: 'Markdown, Word, texto simple o CSL-JSON',
    fr: 'Markdown, Word, texte brut ou CSL-JSON',
    pt: 'Markdown, Word, texto simples ou CSL-JSON',
  },
  'Delete all of your own, or what you have put into this channel’s': {
    de: 'Dein eigenes löschen, oder was du in das des Kanals gelegt hast',
    es: 'Borrar el tuyo, o lo que has puesto en el de este canal',
    fr: 'Supprimer le vôtre, ou ce que vous avez mis dans celui du salon',
    pt: 'Apagar o seu, ou o que pôs no deste canal',
  },
  'Grade the quotations in a text against the cables': {
    de: 'Die Zitate eines Textes mit den Depeschen vergleichen',
    es: 'Comparar las citas de un texto con los cables',
    fr: 'Comparer les citations d’un texte aux câbles',
    pt: 'Comparar as citações de um texto com os telegramas',
  },
  'With its quotation marks, and the ids that it names': {
    de: 'Mit seinen Anführungszeichen und den Kennungen, die er nennt',
    es: 'Con sus comillas y los ids que menciona',
    fr: 'Avec ses guillemets et les ids qu’il nomme',
    pt: 'Com as aspas e os ids que menciona',
  },
  'Text, Markdown, HTML, .docx or PDF': {
    de: 'Text, Markdown, HTML, .docx oder PDF',
    es: 'Texto, Markdown, HTML, .docx o PDF',
    fr: 'Texte, Markdown, HTML, .docx ou PDF',
    pt: 'Texto, Markdown, HTML, .docx ou PDF',
  },
  'Only you see the reply': {
    de: 'Nur du siehst die Antwort',
    es: 'Solo tú ves la respuesta',
    fr: 'Vous seul voyez la réponse',
    pt: 'Só você vê a resposta',
  },
  'Look up a cable by its id or subject': {
    de: 'Eine Depesche nach Kennung oder Betreff nachschlagen',
    es: 'Buscar un cable por su id o su asunto',
    fr: 'Consulter un câble par son id ou son objet',
    pt: 'Consultar um telegrama pelo id ou pelo assunto',
  },
  'As in 07BEIJING1689, or words of its subject': {
    de: 'Wie 07BEIJING1689, oder Wörter aus dem Betreff',
    es: 'Como 07BEIJING1689, o palabras del asunto',
    fr: 'Comme 07BEIJING1689, ou des mots de l’objet',
    pt: 'Como 07BEIJING1689, ou palavras do assunto',
  },
  'As in 07BEIJING1689': {
    de: 'Wie 07BEIJING1689',
    es: 'Como 07BEIJING1689',
    fr: 'Comme 07BEIJING1689',
    pt: 'Como 07BEIJING1689',
  },
  'Quote paragraphs of a cable for the channel, exactly, with their citation': {
    de: 'Absätze einer Depesche für den Kanal zitieren, genau und mit Quelle',
    es: 'Citar párrafos de un cable para el canal, exactos y con su referencia',
    fr: 'Citer pour le salon des paragraphes d’un câble, exactement et avec leur source',
    pt: 'Citar parágrafos de um telegrama para o canal, exatos e com a fonte',
  },
  '4, 4-6 or summary': {
    de: '4, 4-6 oder summary',
    es: '4, 4-6 o summary',
    fr: '4, 4-6 ou summary',
    pt: '4, 4-6 ou summary',
  },
  'How the citation is written; those for programs come as a file': {
    de: 'Wie die Quelle geschrieben wird; was für Programme ist, kommt als Datei',
    es: 'Cómo se escribe la referencia; las de programas llegan como archivo',
    fr: 'Comment la source est écrite ; celles pour logiciels viennent en fichier',
    pt: 'Como a fonte é escrita; as de programas vêm como arquivo',
  },
  'Find paragraphs that hold words, or phrases between quotation marks, exactly': {
    de: 'Absätze finden, in denen genau diese Wörter stehen, oder Wendungen in Anführungszeichen',
    es: 'Encontrar párrafos con estas palabras exactas, o frases entre comillas',
    fr: 'Trouver les paragraphes avec ces mots exacts, ou des phrases entre guillemets',
    pt: 'Encontrar parágrafos com estas palavras exatas, ou frases entre aspas',
  },
  'As in: Stratford "labor dialogue"': {
    de: 'Wie: Stratford "labor dialogue"',
    es: 'Como: Stratford "labor dialogue"',
    fr: 'Comme : Stratford "labor dialogue"',
    pt: 'Como: Stratford "labor dialogue"',
  },
  'Paragraphs of other cables that are nearest to a cable, or to one of its paragraphs': {
    de: 'Absätze anderer Depeschen, die einer Depesche oder einem ihrer Absätze am nächsten sind',
    es: 'Párrafos de otros cables, los más cercanos a un cable o a uno de sus párrafos',
    fr: 'Paragraphes d’autres câbles, les plus proches d’un câble ou d’un de ses paragraphes',
    pt: 'Parágrafos de outros telegramas, os mais próximos de um telegrama ou de um parágrafo seu',
  },
  'One of its paragraphs: 4, or summary': {
    de: 'Einer ihrer Absätze: 4, oder summary',
    es: 'Uno de sus párrafos: 4, o summary',
    fr: 'Un de ses paragraphes : 4, ou summary',
    pt: 'Um de seus parágrafos: 4, ou summary',
  },
  'What a cable cites, and what cites it': {
    de: 'Was eine Depesche nennt, und was sie nennt',
    es: 'Qué cita un cable, y qué lo cita',
    fr: 'Ce qu’un câble cite, et ce qui le cite',
    pt: 'O que um telegrama cita, e o que o cita',
  },
  'Whether a quote still stands as its receipt says': {
    de: 'Ob ein Zitat noch so dasteht, wie sein Beleg sagt',
    es: 'Si una cita sigue como dice su recibo',
    fr: 'Si une citation est encore telle que le dit son reçu',
    pt: 'Se uma citação ainda está como diz seu recibo',
  },
  'As in 07BEIJING1689/4/Qm3xT8rK2v1ZbYcA': {
    de: 'Wie 07BEIJING1689/4/Qm3xT8rK2v1ZbYcA',
    es: 'Como 07BEIJING1689/4/Qm3xT8rK2v1ZbYcA',
    fr: 'Comme 07BEIJING1689/4/Qm3xT8rK2v1ZbYcA',
    pt: 'Como 07BEIJING1689/4/Qm3xT8rK2v1ZbYcA',
  },
  'What Pilcrow does, by example': {
    de: 'Was Pilcrow kann, an Beispielen',
    es: 'Qué hace Pilcrow, con ejemplos',
    fr: 'Ce que fait Pilcrow, par l’exemple',
    pt: 'O que Pilcrow faz, por exemplos',
  },
  'What the corpus holds: cables by origin, year, classification and mark': {
    de: 'Was da ist: Depeschen nach Herkunft, Jahr, Einstufung und Vermerk',
    es: 'Qué hay: cables por origen, año, clasificación y marca',
    fr: 'Ce qui est là : câbles par origine, année, classification et mention',
    pt: 'O que há: telegramas por origem, ano, classificação e marca',
  },
  'How Pilcrow answers you, wherever you are': {
    de: 'Wie Pilcrow dir antwortet, wo immer du bist',
    es: 'Cómo te responde Pilcrow, dondequiera que estés',
    fr: 'Comment Pilcrow vous répond, où que vous soyez',
    pt: 'Como Pilcrow responde a você, onde quer que esteja',
  },
  'What Pilcrow shows on this server, and how': {
    de: 'Was Pilcrow auf diesem Server zeigt, und wie',
    es: 'Qué muestra Pilcrow en este servidor, y cómo',
    fr: 'Ce que Pilcrow montre sur ce serveur, et comment',
    pt: 'O que Pilcrow mostra neste servidor, e como',
  },
};

/** A command or an option, as far as it has words. */
interface Worded {
  readonly name: string;
  readonly description?: string | undefined;
  readonly options?: readonly Worded[] | undefined;
}

/**
 * A command with its names and descriptions, those of its options too, in other languages; what has no words there is
 * called everywhere as in English.
 */
export function localised<T extends Worded>(command: T): T {
  const { name, description, options } = command;
  return {
    ...command,
    ...inLanguages('name_localizations', NAMES[name]),
    ...inLanguages('description_localizations', DESCRIPTIONS[description ?? '']),
    ...(options !== undefined && { options: options.map(localised) }),
  };
}

function inLanguages(field: string, words: Words | undefined): Record<string, LocalizationMap> {
  if (words === undefined) return {};
  const { de, es, fr, pt } = words;
  const map = {
    [Locale.German]: de,
    [Locale.SpanishES]: es,
    [Locale.SpanishLATAM]: es,
    [Locale.French]: fr,
    [Locale.PortugueseBR]: pt,
  };
  return { [field]: map };
}
