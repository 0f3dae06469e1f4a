/*
titel: Contacten over proactieve zorgplanning in het HIS
vraag: Op hoeveel dagen in de maand had een patiënt een contact over levenseinde en behandelwensen (A20)?
waarom: Staat naast de gesprekken uit VIPLive: zo is te zien wat alleen in het HIS is vastgelegd. De twee worden nooit opgeteld.
teller: HIS-contacten met ICPC A20, ten hoogste een per patiënt per dag.
noemer: Alle vast ingeschreven patiënten, alle leeftijden.
uitsluitingen: Contacten van wie op die dag niet ingeschreven is.
maat: aantal
soort: stroom
klasse: beweging
gebied: patiënt
bronnen: HIS
venster:
beter: hoger
thema: 40
vakgroep: ouderenzorg
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: HIS-contacten met ICPC-code
referentie: InEen-indicatoren ouderenzorg (2023): A20; beslist niet over thema 40, dat met VIPLive wordt gevolgd
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

contact_days as (
    select distinct
        practice_id,
        patient_id,
        contact_date
    from contacts
    where substr(icpc, 1, 3) = 'A20'
),

counted as (
    select
        contact_days.practice_id,
        stg_patients.area_id,
        stg_periods.period_start
    from contact_days
    inner join stg_registrations
        on
            contact_days.patient_id = stg_registrations.patient_id
            and contact_days.contact_date >= stg_registrations.registered_from
            and contact_days.contact_date < stg_registrations.registered_until
    inner join stg_patients
        on contact_days.patient_id = stg_patients.patient_id
    inner join stg_periods
        on
            contact_days.contact_date >= stg_periods.period_start
            and contact_days.contact_date <= stg_periods.period_end
),

parts as (
    select
        practice_id,
        area_id,
        period_start,
        count(*) as numerator,
        0 as denominator
    from counted
    group by practice_id, area_id, period_start
    union all
    select
        practice_id,
        area_id,
        period_start,
        0 as numerator,
        patients as denominator
    from registered_counts
),

final as (
    select
        practice_id,
        area_id,
        period_start,
        cast(sum(numerator) as bigint) as numerator,
        cast(sum(denominator) as bigint) as denominator
    from parts
    group by practice_id, area_id, period_start
)

select * from final

/*
voorbeeld: twee contacten op een dag zijn er een; een andere code of geen code telt niet; wie die dag is uitgeschreven telt niet
periode: 2022-12

patients
patient_id | birth_year | registered_until
1          | 1940       |
2          | 1960       |
3          | 1940       | 2022-12-10

contacts
patient_id | contact_date | kind        | discipline | icpc
1          | 2022-12-01   | consult     | huisarts   | A20
1          | 2022-12-01   | telefonisch | poh-o      | A20
1          | 2022-12-31   | visite      | huisarts   | A20
1          | 2022-12-15   | consult     | huisarts   | A05
2          | 2022-12-05   | consult     | huisarts   |
2          | 2022-11-30   | consult     | huisarts   | A20
3          | 2022-12-10   | visite      | huisarts   | A20

verwacht
period_start | numerator | denominator
2022-12-01   | 2         | 2
*/

/*
voorbeeld: een subcode van A20 telt ook; wie die dag wordt ingeschreven telt, en wie later in de maand vertrekt telt als contact en niet meer in de noemer
periode: 2022-12

patients
patient_id | birth_year | registered_from | registered_until
1          | 1940       | 2022-12-01      |
2          | 1940       | 2010-01-01      | 2022-12-20

contacts
patient_id | contact_date | kind    | discipline | icpc
1          | 2022-11-30   | consult | huisarts   | A20
1          | 2022-12-01   | consult | huisarts   | A20.01
2          | 2022-12-19   | visite  | huisarts   | A20

verwacht
period_start | numerator | denominator
2022-12-01   | 2         | 1
*/
