/*
titel: Digitale consultaties naar wie werd gevraagd
vraag: Bij wie zijn de digitale consultaties in de maand gevraagd?
waarom: Laat zien welke adviseurs de huisartsen weten te vinden, en welke nog niet.
teller: VIPLive-consultaties, waarover ook; elke aanvraag telt.
noemer: Alle vast ingeschreven patiënten, alle leeftijden.
uitsluitingen: Consultaties over wie op die dag niet ingeschreven is. Een consultatie zonder patiënt telt voor de praktijk, en voor het gebied van de praktijk zelf.
maat: aantal
soort: stroom
klasse: bureau
gebied: patiënt
bronnen: HIS, VIPLive
venster:
beter: geen
thema: 28
vakgroep:
aandoeningen:
begrippen:
strata: adviseur (bij)
jaarcijfer:
bron: VIPLive-consultaties naar datum van de vraag
referentie: Jaarverslag 2022, digitale consultatie. Staat niet in de lijst van indicatoren: hetzelfde als consultaties, maar uitgesplitst naar adviseur, voor de aantallen "bij" in het jaarverslag
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

asked as (
    select
        practice_id,
        patient_id,
        asked_on,
        advisor as stratum
    from consultations
),

about_patients as (
    select
        asked.practice_id,
        stg_patients.area_id,
        asked.asked_on,
        asked.stratum
    from asked
    inner join stg_registrations
        on
            asked.patient_id = stg_registrations.patient_id
            and asked.asked_on >= stg_registrations.registered_from
            and asked.asked_on < stg_registrations.registered_until
    inner join stg_patients
        on asked.patient_id = stg_patients.patient_id
),

-- without a patient only the practice says where the question came from
without_patient as (
    select
        asked.practice_id,
        stg_practices.area_id,
        asked.asked_on,
        asked.stratum
    from asked
    inner join stg_practices
        on asked.practice_id = stg_practices.practice_id
    where asked.patient_id is null
),

placed as (
    select * from about_patients
    union all
    select * from without_patient
),

counted as (
    select
        placed.practice_id,
        placed.area_id,
        stg_periods.period_start,
        placed.stratum
    from placed
    inner join stg_periods
        on
            placed.asked_on >= stg_periods.period_start
            and placed.asked_on <= stg_periods.period_end
),

parts as (
    select
        practice_id,
        area_id,
        period_start,
        cast(null as varchar) as stratum,
        count(*) as numerator,
        0 as denominator
    from counted
    group by practice_id, area_id, period_start
    union all
    select
        practice_id,
        area_id,
        period_start,
        stratum,
        count(*) as numerator,
        0 as denominator
    from counted
    group by practice_id, area_id, period_start, stratum
    union all
    select
        practice_id,
        area_id,
        period_start,
        cast(null as varchar) as stratum,
        0 as numerator,
        patients as denominator
    from registered_counts
),

final as (
    select
        practice_id,
        area_id,
        period_start,
        stratum,
        cast(sum(numerator) as bigint) as numerator,
        cast(sum(denominator) as bigint) as denominator
    from parts
    group by practice_id, area_id, period_start, stratum
)

select * from final

/*
voorbeeld: elke adviseur telt, over welk onderwerp ook; wie die dag niet is ingeschreven telt niet; zonder patiënt telt het gebied van de praktijk
periode: 2022-12

patients
patient_id | birth_year | postcode4 | registered_from | registered_until
1          | 1950       | 1234      | 2022-12-01      |
2          | 1960       | 1234      | 2010-01-01      | 2022-12-06

consultations
patient_id | asked_on   | subject     | advisor
1          | 2022-12-01 | ouderenzorg | SO
1          | 2022-12-31 | ouderenzorg | apotheek
1          | 2022-12-31 | COPD        | apotheek
           | 2022-12-05 | ggz         | psychiatrische consultatielijn
2          | 2022-12-06 | diabetes    | kaderhuisarts
1          | 2022-11-30 | diabetes    | kaderhuisarts

verwacht
area_id    | period_start | stratum                        | numerator | denominator
elders     | 2022-12-01   |                                | 3         | 1
elders     | 2022-12-01   | SO                             | 1         | 0
elders     | 2022-12-01   | apotheek                       | 2         | 0
nissewaard | 2022-12-01   |                                | 1         | 0
nissewaard | 2022-12-01   | psychiatrische consultatielijn | 1         | 0
*/
