/*
titel: Proactieve zorgplanning vastgelegd bij 75-plussers
vraag: Bij welk deel van de patiënten van 75 jaar en ouder is proactieve zorgplanning (PZP, voorheen ACP) vastgelegd?
waarom: Alleen wat vastligt, is er ook in de avond en in het weekend.
teller: Patiënten uit de noemer met op de peildag een actieve episode A20, of met een rij in de VIPLive-module ACP tot en met de peildag, welke vorm ook.
noemer: Vast ingeschreven patiënten van 75 jaar of ouder.
uitsluitingen: Passanten; jonger dan 75 jaar; een afgesloten episode A20 zonder VIPLive-rij.
maat: aandeel
soort: stand
klasse: proces
gebied: patiënt
uitsplitsing: leeftijd en geslacht
bronnen: HIS, VIPLive
venster:
beter: hoger
thema: 40
vakgroep: ouderenzorg
aandoeningen:
begrippen:
strata:
jaarcijfer:
bron: HIS-episodes en VIPLive-module ACP
referentie: InEen-indicatoren ouderenzorg (2023), indicator 3; Koers 2024, thema 40
bevestigd: ja
auteur: Regiospiegel
gecontroleerd: nog niet
herzien: 2026-11-22
opnieuw: 2027-11-22
aanpak:
*/
with

elderly as (
    select
        practice_id,
        patient_id,
        area_id,
        age_band,
        sex,
        period_start
    from registered_months
    where age >= 75
),

active_episodes as (
    select
        patient_id,
        period_start
    from condition_months
    where condition = 'acp'
),

first_conversations as (
    select
        patient_id,
        min(held_on) as held_on
    from acp_conversations
    group by patient_id
),

conversed as (
    select
        first_conversations.patient_id,
        stg_periods.period_start
    from first_conversations
    inner join stg_periods
        on first_conversations.held_on <= stg_periods.period_end
),

final as (
    select
        elderly.practice_id,
        elderly.area_id,
        elderly.age_band,
        elderly.sex,
        elderly.period_start,
        count(*) filter (
            where active_episodes.patient_id is not null or conversed.patient_id is not null
        ) as numerator,
        count(*) as denominator
    from elderly
    left join active_episodes
        on
            elderly.patient_id = active_episodes.patient_id
            and elderly.period_start = active_episodes.period_start
    left join conversed
        on
            elderly.patient_id = conversed.patient_id
            and elderly.period_start = conversed.period_start
    group by elderly.practice_id, elderly.area_id, elderly.age_band, elderly.sex, elderly.period_start
)

select * from final

/*
voorbeeld: een actieve A20 of een rij in VIPLive is genoeg, een vragenlijst ook, hoe oud ook; een afgesloten A20 niet; jonger dan 75 telt niet
periode: 2022-12

patients
patient_id | birth_year
1          | 1940
2          | 1940
3          | 1940
4          | 1940
5          | 1948
6          | 1947

episodes
patient_id | icpc | start_date | end_date   | status
1          | A20  | 2014-05-01 |            | actief
2          | A20  | 2014-05-01 | 2022-12-31 |
4          | A20  | 2014-05-01 |            | inactief
5          | A20  | 2014-05-01 |            | actief
6          | A20  | 2022-12-31 | 2023-01-01 |

acp_conversations
patient_id | held_on    | form
1          | 2022-05-01 | gesprek
3          | 2014-05-01 | vragenlijst
4          | 2023-01-01 | gesprek

verwacht
period_start | numerator | denominator
2022-12-01   | 3         | 5
*/

/*
voorbeeld: een gesprek telt vanaf de maand waarin het was, en blijft tellen
periode: 2022-11..2023-01

patients
patient_id | birth_year
1          | 1940
2          | 1940

acp_conversations
patient_id | held_on    | form
1          | 2022-12-31 | gesprek
1          | 2023-01-05 | bijstelling
2          | 2023-01-01 | gesprek

verwacht
period_start | numerator | denominator
2022-11-01   | 0         | 2
2022-12-01   | 1         | 2
2023-01-01   | 2         | 2
*/
