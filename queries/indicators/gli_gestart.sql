/*
titel: Gestart met de GLI
vraag: Hoeveel patiënten zijn er in de maand met een gecombineerde leefstijlinterventie begonnen?
waarom: Wie verwezen is maar niet begint, heeft er niets aan.
teller: Rijen VIPLive-GLI naar startdatum, in het gebied waar de patiënt woont.
noemer: Alle vast ingeschreven patiënten, alle leeftijden.
uitsluitingen: Verwijzingen zonder start; wie op de startdatum niet ingeschreven is.
maat: aantal
soort: stroom
klasse: beweging
gebied: patiënt
bronnen: HIS, VIPLive
venster:
beter: hoger
thema: 23
vakgroep:
aandoeningen:
begrippen:
strata: doelgroep (kind, volwassen; naar programma)
jaarcijfer:
bron: VIPLive-GLI
referentie: Koers 2024, thema 23; Jaarverslag 2022, GLI
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

counted as (
    select
        lifestyle_programmes.practice_id,
        stg_patients.area_id,
        stg_periods.period_start,
        case
            when lifestyle_programmes.programme = 'kind' then 'kind'
            else 'volwassen'
        end as stratum
    from lifestyle_programmes
    inner join stg_registrations
        on
            lifestyle_programmes.patient_id = stg_registrations.patient_id
            and lifestyle_programmes.start_date >= stg_registrations.registered_from
            and lifestyle_programmes.start_date < stg_registrations.registered_until
    inner join stg_patients
        on lifestyle_programmes.patient_id = stg_patients.patient_id
    inner join stg_periods
        on
            lifestyle_programmes.start_date >= stg_periods.period_start
            and lifestyle_programmes.start_date <= stg_periods.period_end
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
voorbeeld: de startdatum bepaalt de maand, niet de verwijzing; zonder start telt niets; wie op de startdatum niet ingeschreven is telt niet
periode: 2022-12

patients
patient_id | birth_year | postcode4 | registered_from | registered_until
1          | 1970       | 3201      | 2010-01-01      |
2          | 2014       | 1234      | 2010-01-01      |
3          | 1980       | 3201      | 2010-01-01      |
4          | 1980       | 3201      | 2022-12-16      |
5          | 1980       | 3201      | 2010-01-01      | 2022-12-10

lifestyle_programmes
patient_id | referred_on | programme  | intake_date | start_date
1          | 2022-10-01  | CooL       | 2022-11-01  | 2022-12-01
2          | 2022-11-01  | kind       |             | 2022-12-31
3          | 2022-12-01  | BeweegKuur | 2022-12-10  |
3          | 2022-11-01  | SSiB       |             | 2023-01-01
4          | 2022-11-01  | CooL       |             | 2022-12-15
4          | 2022-11-01  | CooL       |             | 2022-12-16
5          | 2022-11-01  | CooL       |             | 2022-12-10

verwacht
area_id    | period_start | stratum   | numerator | denominator
elders     | 2022-12-01   |           | 1         | 1
elders     | 2022-12-01   | kind      | 1         | 0
nissewaard | 2022-12-01   |           | 2         | 3
nissewaard | 2022-12-01   | volwassen | 2         | 0
*/
