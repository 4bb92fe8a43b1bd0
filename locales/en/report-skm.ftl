### The satisfaction report: table in the terminal, workbook, PDF, the page /kepuasan, the chart for staff.

skm-title = Public Satisfaction Index
skm-short = IKM
skm-period = { DATE($first) } to { DATE($last) }
skm-only-point = Service point: { $point }
skm-only-service = Service: { $service }
skm-none = No data yet.
skm-too-few = Not enough answers to show. A figure is shown from { $least } answers on, so that nobody can be recognised.
skm-sample = Sample: these figures are made up and not the result of a survey.

skm-element-persyaratan = Requirements
skm-element-prosedur = System, mechanism and procedure
skm-element-waktu = Time of completion
skm-element-biaya = Cost/tariff
skm-element-produk = Product of the service
skm-element-kompetensi = Competence of staff
skm-element-perilaku = Behaviour of staff
skm-element-sarana = Facilities
skm-element-pengaduan = Handling of complaints
skm-grade-A = Very good
skm-grade-B = Good
skm-grade-C = Less good
skm-grade-D = Not good

skm-column-element = Element
skm-column-average = Average (NRR)
skm-column-weighted = Weighted
skm-column-value = Value
skm-column-grade = Grade
skm-column-people = Answers
skm-column-month = Month
skm-column-point = Service point
skm-column-service = Service
skm-column-key = Key
skm-column-day = Date
skm-row-sum = Sum of scores
skm-row-average = Average (NRR)
skm-row-weighted = Weighted average
skm-row-index = Index (sum of weighted averages)
skm-row-ikm = IKM (index × 25)
skm-row-people = People who answered
skm-unknown = Unknown
skm-hidden = hidden

skm-answered = { $people } people answered completely; { $partial } stopped before the ninth question and are not counted.
skm-enough = { $served } people were served; the sample after Krejcie and Morgan is { $needed } people, met by { $people } answers.
skm-not-enough = { $served } people were served; the sample after Krejcie and Morgan is { $needed } people, and there are { $people } answers so far.
skm-interval = There are few answers: with 95 % confidence the value lies between { $low } and { $high }.
skm-interval-grades = There are few answers: with 95 % confidence the value lies between { $low } and { $high }, so that grades { LIST($grades) } are all possible.
skm-no-interval = Fewer than ten answers: this figure is a hint and no more.
skm-trend-up = Up from { $before } ({ DATE($first) } to { DATE($last) }); more than chance would do.
skm-trend-down = Down from { $before } ({ DATE($first) } to { DATE($last) }); more than chance would do.
skm-trend-noise = Before it was { $before } ({ DATE($first) } to { DATE($last) }). The difference is within noise: it can be called neither up nor down.
skm-trend-too-few = Before it was { $before } ({ DATE($first) } to { DATE($last) }). There are too few answers to compare.
skm-trend-no-data = There is no data of the period before to compare with.

skm-method = Regulation Permenpan RB 14/2017: the average (NRR) of an element = its sum divided by { $people } people. Index = sum of averages × the weight 1/9 (exact, not rounded to 0.11). IKM = index × 25, rounded half-up to two decimals, and only then graded.
skm-method-grades = Grades: A 88.31–100 very good; B 76.61–88.30 good; C 65.00–76.60 less good; D 25.00–64.99 not good.
skm-method-source = Each invitation to rate goes only to people who were really served, and works once. Answers are kept without name, NIK or exact time.

skm-profile = Who answered
skm-part-sex = Sex
skm-part-age_band = Age
skm-part-education = Education
skm-part-job = Work
skm-sex = { $code ->
    [L] Male
   *[P] Female
}
skm-age_band = { $code } years
skm-education = { $code }
skm-job = { $code ->
    [PNS] Civil servant
    [TNI] Military
    [POLRI] Police
    [Swasta] Employee
    [Wirausaha] Self-employed
   *[Lainnya] Other
}
skm-untold = Not told

skm-page-elements = The nine elements
skm-page-lowest = The three lowest elements and the follow-up plan
skm-page-plan = Follow-up plan
skm-page-when = When
skm-page-who = Responsible
skm-page-method = Method
skm-page-made = Made on { DATE($on) }
skm-page-sign = Acknowledged, Head
skm-page-name = Name
skm-page-nip = NIP
skm-page-number = Page { $number } of { $pages }
skm-page-approved = Place, date

skm-web-lead = Rated by residents who were served, with the nine official questions.
skm-web-answered = { $people } people answered completely.
skm-web-elements = The nine elements
skm-web-history = History by month
skm-web-points = By service point
skm-web-services = By service
skm-web-method = Method
skm-web-download = Download CSV
skm-web-year = Year { $year }
skm-web-years = Other periods
skm-web-dial = IKM { $ikm } of 100, grade { $grade }
skm-web-scale = Scale from 25 to 100
skm-web-hidden = Figures of fewer than { $least } answers are hidden. Where needed another one is hidden with them, so that the small one cannot be worked out.
skm-web-untouched = Figures of past months do not change any more.
skm-web-chat = To the chat
skm-web-down = Sorry, our system has trouble. Please try again in a moment.

skm-written = { $file } is written: { $people } complete answers.
skm-wrong-order = --from { $first } is after --to { $last }. Turn them round.
skm-bad-day = { $option } takes a day like 2026-11-30, not { $typed }. The year is from { $first } to { $last }.
skm-unknown-language = --language is one of { $known }.
skm-unknown-place = The office has no { $typed }; it has { $known }.
skm-unknown-file = A report is written as .csv, .xlsx or .pdf, not { $ending }.
skm-too-many = A workbook holds at most { $rows } answers. Choose a shorter period with --from and --to, or write CSV.
skm-told = The thank-you now says: { $words }
skm-told-nothing = The thank-you now says nothing about changes.
skm-chat = *IKM { $ikm }*, grade { $grade }, of { $people } complete answers ({ DATE($first) } to { DATE($last) }).

## The estimate of "when will it be ready?" (docs/satisfaction.md)

skm-forecast-title = Estimates of when a card is ready
# $cases (Number) estimates whose end is known · $within, $late (String) per cent · $width (Number) length of a range in days
skm-forecast = Of { $cases } estimates in the last half year, { $within } % of the cards were ready within the range and { $late } % later. Half of the ranges are { $width } days long at most.
skm-forecast-none = Too few cards are finished to judge the estimates.
