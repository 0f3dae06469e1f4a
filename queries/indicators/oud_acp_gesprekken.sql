/*
titel: Gesprekken proactieve zorgplanning (PZP, voorheen ACP)
vraag: Hoeveel gesprekken over proactieve zorgplanning zijn er in de maand gevoerd?
waarom: Wie zijn wensen op tijd bespreekt, krijgt vaker de zorg die bij hem past.
teller: VIPLive-gesprekken en bijstellingen, ten hoogste een per patiënt per dag; gesprekken, geen patiënten.
noemer: Alle vast ingeschreven patiënten, alle leeftijden.
uitsluitingen: Vragenlijsten; gesprekken met wie op die dag niet ingeschreven is.
maat: aantal
soort: stroom
klasse: beweging
gebied: patiënt
bronnen: HIS, VIPLive
venster:
beter: hoger
thema: 40
vakgroep: ouderenzorg
aandoeningen:
begrippen:
strata: leeftijd (75plus, jonger)
jaarcijfer:
bron: VIPLive-module ACP
referentie: Koers 2024, thema 40: monitoren aan de hand van data uit VIPLive
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

conversations as (
    select distinct
        acp_conversations.practice_id,
        acp_conversations.patient_id,
        acp_conversations.held_on
    from acp_conversations
    where acp_conversations.form in ('gesprek', 'bijstelling')
),

counted as (
    select
        conversations.practice_id,
        stg_patients.area_id,
        stg_periods.period_start,
        case
            when year(conversations.held_on) - stg_patients.birth_year >= 75 then '75plus'
            else 'jonger'
        end as stratum
    from conversations
    inner join stg_registrations
        on
            conversations.patient_id = stg_registrations.patient_id
            and conversations.held_on >= stg_registrations.registered_from
            and conversations.held_on < stg_registrations.registered_until
    inner join stg_patients
        on conversations.patient_id = stg_patients.patient_id
    inner join stg_periods
        on
            conversations.held_on >= stg_periods.period_start
            and conversations.held_on <= stg_periods.period_end
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
voorbeeld: twee gesprekken op een dag zijn er een, een vragenlijst is er geen, wie niet ingeschreven is telt niet
periode: 2022-12

patients
patient_id | birth_year | registered_from | registered_until
1          | 1940       | 2010-01-01      |
2          | 1960       | 2010-01-01      |
3          | 1940       | 2010-01-01      | 2022-12-10

acp_conversations
patient_id | held_on    | form
1          | 2022-12-05 | gesprek
1          | 2022-12-05 | bijstelling
1          | 2022-12-20 | gesprek
2          | 2022-12-06 | vragenlijst
2          | 2022-12-07 | bijstelling
3          | 2022-12-10 | gesprek

verwacht
stratum | numerator | denominator
        | 3         | 2
75plus  | 2         | 0
jonger  | 1         | 0
*/
