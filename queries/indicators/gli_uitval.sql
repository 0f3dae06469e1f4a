/*
titel: Uitval uit de GLI
vraag: Welk deel van de mensen die met een gecombineerde leefstijlinterventie begonnen, is binnen de twee jaar uitgevallen?
waarom: De Koers wil een lage uitval: wie het programma afmaakt, houdt het resultaat vaker vast.
teller: Rijen uit de noemer met einde uitval en een einddatum tot en met de peildag.
noemer: Rijen VIPLive-GLI met een startdatum in de 12 kalendermaanden die 24 maanden voor de peildag eindigden, van wie op de startdatum ingeschreven was.
uitsluitingen: Wie op de startdatum niet ingeschreven was; verwijzingen zonder start.
maat: aandeel
soort: stand
klasse: uitkomst
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS, VIPLive
venster: 36
beter: lager
thema: 23
vakgroep:
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: VIPLive-GLI
referentie: Koers 2024, thema 23: lage uitval in 2 jaar; de GLI duurt 24 maanden
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

started as (
    select
        lifestyle_programmes.practice_id,
        stg_patients.area_id,
        stg_patients.birth_year,
        stg_patients.sex,
        year(lifestyle_programmes.start_date) * 12 + month(lifestyle_programmes.start_date) as start_index,
        case when lifestyle_programmes.outcome = 'uitval' then lifestyle_programmes.end_date end as dropped_out_on
    from lifestyle_programmes
    inner join stg_registrations
        on
            lifestyle_programmes.patient_id = stg_registrations.patient_id
            and lifestyle_programmes.start_date >= stg_registrations.registered_from
            and lifestyle_programmes.start_date < stg_registrations.registered_until
    inner join stg_patients
        on lifestyle_programmes.patient_id = stg_patients.patient_id
),

reached as (
    select
        started.practice_id,
        started.area_id,
        cast(year(stg_periods.period_start) as integer) - started.birth_year as age,
        started.sex,
        stg_periods.period_start,
        started.dropped_out_on <= stg_periods.period_end as has_dropped_out
    from started
    inner join stg_periods
        on started.start_index between stg_periods.period_index - 35 and stg_periods.period_index - 24
),

banded as (
    select
        practice_id,
        area_id,
        case
            when age >= 75 then 75
            when age >= 65 then 65
            when age >= 45 then 45
            when age >= 18 then 18
            else 0
        end as age_band,
        sex,
        period_start,
        has_dropped_out
    from reached
),

final as (
    select
        practice_id,
        area_id,
        age_band,
        sex,
        period_start,
        count(*) filter (where has_dropped_out) as numerator,
        count(*) as denominator
    from banded
    group by practice_id, area_id, age_band, sex, period_start
)

select * from final

/*
voorbeeld: starters van juli 2021 tot en met juni 2022 tellen in juni 2024; wie daarna uitvalt nog niet
periode: 2024-06

patients
patient_id | birth_year
1          | 1950
2          | 1950
3          | 1950
4          | 1950
5          | 1950
6          | 1950
7          | 1950

lifestyle_programmes
patient_id | referred_on | programme | start_date | end_date   | outcome
1          | 2021-06-01  | CooL      | 2021-06-30 | 2022-01-01 | uitval
2          | 2021-06-01  | CooL      | 2021-07-01 | 2024-06-30 | uitval
3          | 2022-05-01  | CooL      | 2022-06-30 | 2024-07-01 | uitval
4          | 2022-05-01  | kind      | 2022-06-30 | 2024-06-01 | afgerond
5          | 2022-05-01  | CooL      | 2022-07-01 | 2023-01-01 | uitval
6          | 2022-05-01  | CooL      | 2022-06-01 |            | loopt
7          | 2022-05-01  | CooL      |            | 2022-09-01 | uitval

verwacht
period_start | numerator | denominator
2024-06-01   | 1         | 4
*/

/*
voorbeeld: wie op de startdatum niet ingeschreven was telt niet, wie daarna vertrok wel; uitval zonder einddatum is nog geen uitval
periode: 2024-06

patients
patient_id | birth_year | registered_from | registered_until
1          | 1970       | 2022-01-02      |
2          | 1970       | 2010-01-01      | 2022-03-01
3          | 1970       | 2022-01-01      |
4          | 1970       | 2010-01-01      | 2022-01-01

lifestyle_programmes
patient_id | referred_on | programme | start_date | end_date   | outcome
1          | 2021-12-01  | CooL      | 2022-01-01 | 2022-05-01 | uitval
2          | 2021-12-01  | CooL      | 2022-01-01 | 2022-05-01 | uitval
3          | 2021-12-01  | CooL      | 2022-01-01 |            | uitval
4          | 2021-12-01  | CooL      | 2022-01-01 | 2022-05-01 | uitval

verwacht
period_start | numerator | denominator
2024-06-01   | 1         | 2
*/
