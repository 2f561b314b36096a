// Names and places by culture. A name in another script comes with the Latin letters its bearer uses in an
// e-mail address.

export interface GivenName {
  readonly name: string;
  readonly latin: string;
  readonly salutation: 'Mr.' | 'Ms.';
}

export interface Place {
  readonly city: string;
  readonly state: string;
  readonly zip: string;
}

export interface Culture {
  readonly id: string;
  readonly country: string;
  /** Country and area code. */
  readonly phonePrefix: string;
  readonly street: (number: number) => string;
  readonly givenNames: readonly GivenName[];
  readonly familyNames: readonly { readonly name: string; readonly latin: string }[];
  readonly places: readonly Place[];
}

/** `Anna/Ms.` or `太郎/Mr./taro`. */
function given(...entries: readonly string[]): GivenName[] {
  return entries.map((entry) => {
    const [name = '', salutation, latin = plainLetters(name)] = entry.split('/');
    return { name, latin, salutation: salutation === 'Ms.' ? 'Ms.' : 'Mr.' };
  });
}

/** `Müller` or `山田/yamada`. */
function family(...entries: readonly string[]): Culture['familyNames'] {
  return entries.map((entry) => {
    const [name = '', latin = plainLetters(name)] = entry.split('/');
    return { name, latin };
  });
}

/** `Oslo|Oslo|0150` */
const places = (...entries: readonly string[]): Place[] =>
  entries.map((entry) => {
    const [city = '', state = '', zip = ''] = entry.split('|');
    return { city, state, zip };
  });

/** Letters that Unicode doesn't take apart into a plain one and an accent. */
const NOT_DECOMPOSED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ı: 'i',
};

/** Lower-case ASCII letters of a Latin name: `Łukasz` becomes `lukasz`, `O’Neill` `oneill`. */
function plainLetters(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[ßæøłđðı]/g, (letter) => NOT_DECOMPOSED[letter] ?? '')
    .normalize('NFD')
    .replaceAll(/[^a-z]/g, '');
}

export const CULTURES: readonly Culture[] = [
  {
    id: 'english',
    country: 'United States',
    phonePrefix: '+1 415',
    street: (number) => `${number} Market Street`,
    givenNames: given(
      ...['Robert/Mr.', 'Susan/Ms.', 'James/Mr.', 'Linda/Ms.', 'Michael/Mr.', 'Karen/Ms.'],
      ...['William/Mr.', 'Patricia/Ms.', 'Grace/Ms.', 'Dwight/Mr.', 'Aaliyah/Ms.', 'Mary-Jane/Ms.'],
    ),
    familyNames: family(
      ...['Smith', 'O’Neill', 'Johnson', 'McDonald', 'Williams', 'Jones'],
      ...['van der Berg', 'Davis', 'Taylor', 'Nguyen', 'Washington', 'Smith-Jones'],
    ),
    places: places('San Francisco|CA|94105', 'New York|NY|10001', 'St. Louis|MO|63101'),
  },
  {
    id: 'german',
    country: 'Germany',
    phonePrefix: '+49 30',
    street: (number) => `Schönhauser Allee ${number}`,
    givenNames: given(
      ...['Jürgen/Mr.', 'Käthe/Ms.', 'Stefan/Mr.', 'Anneliese/Ms.', 'Björn/Mr.', 'Ute/Ms.'],
    ),
    familyNames: family('Müller', 'Schröder', 'Weiß', 'Böhm', 'Krüger', 'Jäger', 'Groß'),
    places: places('Berlin|Berlin|10119', 'München|Bayern|80331', 'Köln|Nordrhein-Westfalen|50667'),
  },
  {
    id: 'nordic',
    country: 'Norway',
    phonePrefix: '+47 22',
    street: (number) => `Møllergata ${number}\n2. etasje`,
    givenNames: given(
      ...['Åse/Ms.', 'Søren/Mr.', 'Björk/Ms.', 'Øyvind/Mr.', 'Sigríður/Ms.', 'Jørn/Mr.'],
    ),
    familyNames: family('Ødegård', 'Bjørnson', 'Lindström', 'Kjær', 'Håkansson', 'Sæther'),
    places: places('Tromsø|Troms|9008', 'Ålesund|Møre og Romsdal|6002', 'Bodø|Nordland|8006'),
  },
  {
    id: 'french',
    country: 'France',
    phonePrefix: '+33 1',
    street: (number) => `${number} bis, rue de l’Église`,
    givenNames: given(
      ...['François/Mr.', 'Chloé/Ms.', 'Loïc/Mr.', 'Aurélie/Ms.', 'Jean-Noël/Mr.', 'Maëlle/Ms.'],
    ),
    familyNames: family('Lefèvre', 'D’Aubigné', 'Garçon', 'Bäcker-Petit', 'Noël', 'Hébert'),
    places: places('Orléans|Centre|45000', 'Besançon|Doubs|25000', 'Nîmes|Gard|30000'),
  },
  {
    id: 'spanish',
    country: 'Spain',
    phonePrefix: '+34 91',
    street: (number) => `Calle de la Montaña, ${number}, 3º izq.`,
    givenNames: given(
      ...['José/Mr.', 'Begoña/Ms.', 'Íñigo/Mr.', 'María del Carmen/Ms.', 'Andrés/Mr.', 'Inés/Ms.'],
    ),
    familyNames: family('Muñoz', 'Ibáñez', 'Peña', 'Gómez y García', 'Núñez', 'de la Fuente'),
    places: places('A Coruña|Galicia|15001', 'Málaga|Andalucía|29001', 'Logroño|La Rioja|26001'),
  },
  {
    id: 'portuguese',
    country: 'Brazil',
    phonePrefix: '+55 11',
    street: (number) => `Avenida São João, ${number}`,
    givenNames: given(
      ...['João/Mr.', 'Conceição/Ms.', 'Luís/Mr.', 'Inês/Ms.', 'Antônio/Mr.', 'Thaís/Ms.'],
    ),
    familyNames: family('Gonçalves', 'Araújo', 'Magalhães', 'da Conceição', 'Leitão', 'Simões'),
    places: places('São Paulo|SP|01000-000', 'Florianópolis|SC|88010-000', 'Maceió|AL|57020-000'),
  },
  {
    id: 'polish',
    country: 'Poland',
    phonePrefix: '+48 22',
    street: (number) => `ul. Żurawia ${number}/4`,
    givenNames: given(
      ...['Łukasz/Mr.', 'Małgorzata/Ms.', 'Paweł/Mr.', 'Żaneta/Ms.', 'Bartłomiej/Mr.', 'Róża/Ms.'],
    ),
    familyNames: family('Wójcik', 'Kościuszko', 'Źródłowski', 'Dąbrowska', 'Gęsicki', 'Śliwa'),
    places: places('Łódź|łódzkie|90-001', 'Kraków|małopolskie|30-001', 'Gdańsk|pomorskie|80-001'),
  },
  {
    id: 'turkish',
    country: 'Türkiye',
    phonePrefix: '+90 212',
    street: (number) => `İstiklâl Caddesi No: ${number}`,
    givenNames: given(
      ...['Çağlar/Mr.', 'Gülşen/Ms.', 'Işık/Ms.', 'Oğuz/Mr.', 'Şebnem/Ms.', 'İlker/Mr.'],
    ),
    familyNames: family('Yıldız', 'Öztürk', 'Şahin', 'Çelik', 'Güneş', 'Kılıç'),
    places: places('İstanbul|İstanbul|34430', 'Iğdır|Iğdır|76000', 'Muğla|Muğla|48000'),
  },
  {
    id: 'japanese',
    country: '日本',
    phonePrefix: '+81 3',
    street: (number) => `千代田区丸の内${number}丁目2-1`,
    givenNames: given(
      ...['太郎/Mr./taro', '花子/Ms./hanako', '健一/Mr./kenichi', '美咲/Ms./misaki'],
      ...['翔太/Mr./shota', 'さくら/Ms./sakura'],
    ),
    familyNames: family(
      ...[
        '山田/yamada',
        '佐藤/sato',
        '鈴木/suzuki',
        '髙橋/takahashi',
        '渡邉/watanabe',
        '𠮷野/yoshino',
      ],
    ),
    places: places('東京|東京都|100-0005', '横浜市|神奈川県|220-0011', '札幌市|北海道|060-0001'),
  },
  {
    id: 'russian',
    country: 'Россия',
    phonePrefix: '+7 495',
    street: (number) => `ул. Большая Ордынка, д. ${number}`,
    givenNames: given(
      ...['Дмитрий/Mr./dmitry', 'Ольга/Ms./olga', 'Сергей/Mr./sergey', 'Наталья/Ms./natalya'],
      ...['Алёна/Ms./alyona', 'Фёдор/Mr./fyodor'],
    ),
    familyNames: family(
      ...['Иванов/ivanov', 'Кузнецова/kuznetsova', 'Соловьёв/solovyov', 'Щербаков/shcherbakov'],
      ...['Попова/popova', 'Чайковский/tchaikovsky'],
    ),
    places: places('Москва|Москва|115035', 'Санкт-Петербург|СПб|190000', 'Казань|Татарстан|420111'),
  },
  {
    id: 'arabic',
    country: 'مصر',
    phonePrefix: '+20 2',
    street: (number) => `شارع التحرير ${number}`,
    givenNames: given(
      ...['محمد/Mr./mohamed', 'فاطمة/Ms./fatima', 'أحمد/Mr./ahmed', 'نور/Ms./nour'],
      ...['يوسف/Mr./youssef', 'ليلى/Ms./layla'],
    ),
    familyNames: family(
      ...['العربي/elaraby', 'حسن/hassan', 'منصور/mansour', 'السيد/elsayed', 'عبد الله/abdallah'],
      ...['نجيب/naguib'],
    ),
    places: places('القاهرة|القاهرة|11511', 'الإسكندرية|الإسكندرية|21500', 'الجيزة|الجيزة|12511'),
  },
  {
    id: 'greek',
    country: 'Ελλάδα',
    phonePrefix: '+30 21',
    street: (number) => `Οδός Ερμού ${number}`,
    givenNames: given(
      ...['Γιώργος/Mr./giorgos', 'Μαρία/Ms./maria', 'Οδυσσέας/Mr./odysseas', 'Ελένη/Ms./eleni'],
      ...['Νίκος/Mr./nikos', 'Χρυσάνθη/Ms./chrysanthi'],
    ),
    familyNames: family(
      ...['Παπαδόπουλος/papadopoulos', 'Νικολάου/nikolaou', 'Αντωνίου/antoniou', 'Ψαρρά/psarra'],
      ...['Γεωργίου/georgiou', 'Ξενάκης/xenakis'],
    ),
    places: places('Αθήνα|Αττική|105 63', 'Θεσσαλονίκη|Μακεδονία|546 24', 'Ηράκλειο|Κρήτη|712 01'),
  },
];
